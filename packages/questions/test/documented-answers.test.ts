import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Answer } from '../src/answers/answer.ts'
import { answerMissing } from '../src/answers/answer-missing.ts'
import { answerOutside } from '../src/answers/answer-outside.ts'
import { answerShow } from '../src/answers/answer-show.ts'
import { answerSuspects } from '../src/answers/answer-suspects.ts'
import { answerTop } from '../src/answers/answer-top.ts'
import { answerDiff } from '../src/diff/answer-diff.ts'
import { checkGate } from '../src/diff/check-gates.ts'
import { readGate } from '../src/diff/gate.ts'
import { findTarget } from '../src/recording/find-target.ts'
import { jsonOfAnswer } from '../src/texts/answer-json.ts'
import { answerWhy } from '../src/why/answer-why.ts'
import { recordingOf, sourceWith, testNamed } from './recorded.ts'
import { PATH, recordingOfText } from './recorded-text.ts'

const page = readFileSync(new URL('../../../docs/reference/answers.md', import.meta.url), 'utf8')

/** The fields that the page has in the first table of a section. */
function documented(heading: string): Set<string> {
  const [, section = ''] = page.split(`${heading}\n`)
  const [table = ''] = /^\|.*?(?=\n\n|$(?![\r\n]))/ms.exec(section) ?? []
  const cells = [...table.matchAll(/^\| (`[^|]*`) \|/gm)].map(([, cell = '']) => cell)
  return new Set(
    cells.flatMap((cell) => [...cell.matchAll(/`(\w+)(?:[.[][^`]*)?`/g)].map(([, name = '']) => name)),
  )
}

const text = 'function f(x) {\n  if (x) return 1\n  // here\n  return 2\n}\n'
const asked = recordingOfText(text, ['f(1)'])
const hash = asked.versions()[0]?.hash ?? ''
const failing = recordingOf({
  sources: [
    [sourceWith('src/a.ts', [1, 1]), testNamed('a', { state: 'failed' })],
    [sourceWith('src/a.ts', [0, 1]), testNamed('b')],
  ],
})

const context = testNamed('a')
const run = { recordings: [recordingOf({ sources: [[sourceWith('src/a.ts', [1, 2]), context]] })] } as const
const other = { recordings: [recordingOf({ sources: [[sourceWith('src/a.ts', [1, 3]), context]] })] } as const
const runs = { recordings: [...run.recordings, ...other.recordings] } as const
const group = { kind: 'overlap', members: [context, testNamed('b')] } as const
const diff = answerDiff({
  before: { ...run, contexts: [context] },
  after: { ...other, contexts: [context] },
  groups: [group],
})
const gates = { rows: [checkGate(readGate('lines'), 'expect', { before: run, after: other, diff })] }

test.each<[string, readonly Answer[]]>([
  ['diff', [{ ...diff, gates } as Answer, answerDiff({ before: runs, after: other })]],
  ['why', [3, 4].map((line) => answerWhy(asked, { path: PATH, hash, line }))],
  ['show', [answerShow(asked, findTarget(asked, PATH)), answerMissing(asked, findTarget(asked, '.'))]],
  ['top', [answerTop(asked, { by: 'count', target: findTarget(asked, '.'), test: 'f(1)' })]],
  ['outside', [answerOutside(failing, { target: findTarget(failing, 'src') })]],
  ['suspects', [answerSuspects(failing, { target: findTarget(failing, 'src') })]],
])('the fields of %s are those on the page', (question, answers) => {
  const common = documented('# Answers, for programs')
  const fields = answers.flatMap((answer) => Object.keys(JSON.parse(jsonOfAnswer(answer, false)) as object))
  const own = documented(`## \`${question}\``)
  expect(own.size).toBeGreaterThan(1)
  expect(new Set(fields)).toEqual(new Set([...common, ...own]))
})
