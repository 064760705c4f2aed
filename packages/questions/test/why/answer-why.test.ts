import { expect, test } from 'vitest'
import { answerWhy } from '../../src/why/answer-why.ts'
import { recordingOf, sourceWith, testNamed } from '../recorded.ts'
import { PATH } from '../recorded-text.ts'

const HASH = '0123456789abcdef'

test('a module that nobody evaluated', () => {
  const recording = recordingOf({ sources: [[sourceWith(PATH, [0, 0])]] }, { text: () => 'a\nb\n' })
  const { reason, rows } = answerWhy(recording, { path: PATH, hash: HASH, line: 2 })
  expect({ reason, rows }).toEqual({ reason: { kind: 'not loaded' }, rows: [] })
})

test.each([
  ['without its text', undefined],
  ['of a component', '<template>\n<p />\n'],
])('%s there is no reason, but the nearest line above', (_, text) => {
  const source = sourceWith(PATH, [1, 3, 0, 0])
  const recording = recordingOf({ sources: [[source, testNamed('a')]] }, { text: () => text })
  const answer = answerWhy(recording, { path: PATH, hash: HASH, line: 4 })
  expect(answer).not.toHaveProperty('reason')
  expect(answer).toMatchObject({ state: 'never ran', nearest: { line: 2, count: 3 }, from: 2 })
  expect(answer.rows).toEqual([{ context: testNamed('a'), count: 3 }])
})
