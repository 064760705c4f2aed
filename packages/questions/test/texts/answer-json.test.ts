import { expect, test } from 'vitest'
import type { Answer } from '../../src/answers/answer.ts'
import { jsonOfAnswer } from '../../src/texts/answer-json.ts'

test('an answer as JSON acts on no terminal and gives no command to a service for CI, and is what it was', () => {
  const title = '\x1b[31m\x9b31m\x7f \u202e\u2028 \r\n::error::a ##[error]b ##vso[c ##teamcity[d'
  const answer = { question: 'tests', about: { title }, rows: [title] } as unknown as Answer
  const json = jsonOfAnswer(answer, true)
  expect(json).not.toMatch(/[\p{Bidi_Control}\u2028\u2029]|(?!\n)\p{Cc}|^\s*::|##\w*\[/mu)
  expect(JSON.parse(json)).toMatchObject({ about: { title }, rows: [title] })
})
