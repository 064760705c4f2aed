import type { Context } from '@tstrace/results'
import { printableLines } from '@tstrace/results/printable'
import { expect, test } from 'vitest'
import { answerOutside } from '../../src/answers/answer-outside.ts'
import { answerTests } from '../../src/answers/answer-tests.ts'
import { findTarget } from '../../src/recording/find-target.ts'
import type { Recording } from '../../src/recording/recording.ts'
import { jsonOfAnswer } from '../../src/texts/answer-json.ts'
import { printedAnswer } from '../../src/texts/answer-text.ts'
import { outsideText } from '../../src/texts/outside-text.ts'
import { testsText } from '../../src/texts/tests-text.ts'
import { recordingOf, sourceWith, testNamed } from '../recorded.ts'

const fileOf = (n: number): string => `test/${n}.test.ts`
const importOf = (n: number): Context => ({ kind: 'import', project: '', file: fileOf(n) })
const hooks: Context = { kind: 'hooks', project: 'unit', file: fileOf(1), titles: ['sums'] }
const late: Context = { kind: 'late', project: '', file: fileOf(1) }

function recorded(...counted: [number, Context?][]): Recording {
  const sources = counted.map(([count, context]) => [sourceWith('src/a.ts', [count]), context] as const)
  return recordingOf({ sources })
}

function said(recording: Recording, all = false, word = 'src/a.ts:1'): string {
  return printedAnswer(testsText(answerTests(recording, findTarget(recording, word)), all), all)
}

test.each<[string, [number, Context?][], string]>([
  [
    'tests',
    [
      [12, testNamed('adds', { line: 4 })],
      [3, testNamed('adds', { line: 4, retry: 1, state: 'failed' })],
    ],
    `ran 15 times, in 1 test (2 attempts).

  12  test/a.test.ts:4 > adds
   3  test/a.test.ts:4 > adds (retry 1, failed)`,
  ],
  [
    'groups',
    [
      [2, { kind: 'overlap', members: [testNamed('a'), testNamed('b')] }],
      [1, testNamed('a')],
    ],
    `ran 3 times, in 1 test and 1 group of tests that ran at the same time.

  2  test/a.test.ts > a or test/a.test.ts > b
  1  test/a.test.ts > a`,
  ],
  [
    'imports',
    [
      [1, importOf(1)],
      [1, importOf(2)],
    ],
    `ran 2 times, only while importing: no test ran it.

  1  test/1.test.ts, while importing
  1  test/2.test.ts, while importing`,
  ],
  [
    'hooks',
    [[1, hooks]],
    `ran once, only in hooks: no test ran it.

  1  [unit] test/1.test.ts > sums, hooks`,
  ],
  [
    'imports and late timers',
    [
      [1, importOf(1)],
      [4, late],
    ],
    `ran 5 times, only while importing and after the last test of a file: no test ran it.

  1  test/1.test.ts, while importing
  4  test/1.test.ts, after its last test`,
  ],
  [
    'test files',
    [[5, { kind: 'file', project: '', file: fileOf(1) }]],
    `ran 5 times, in 1 test file.

  5  test/1.test.ts

Recorded by test file: the option contexts as "test" tells tests apart.`,
  ],
  ['nothing', [[0, testNamed('a')]], 'never ran.\n\nWhy it did not: tstrace why src/a.ts:1'],
])('%s', (_what, counted, text) => {
  expect(said(recorded(...counted))).toBe(`src/a.ts:1 ${text}\n\nFrom a.counts: no run.\n`)
})

test('what runs around tests is drawn together, unless all is asked for', () => {
  const recording = recorded([2, testNamed('a')], [1, importOf(1)], [1, importOf(2)])
  expect(said(recording)).toContain('\n  2  test/a.test.ts > a\n  2  while importing, in 2 test files\n')
  expect(said(recording, true)).toContain(
    '\n  1  test/1.test.ts, while importing\n  1  test/2.test.ts, while importing\n',
  )
})

test('an answer has 40 lines unless all is asked for, and JSON 40 rows', () => {
  const tests = Array.from({ length: 100 }, (_, n): [number, Context] => [1, testNamed(`no. ${n}`)])
  const recording = recorded(...tests)
  const lines = said(recording).split('\n')
  expect(lines).toHaveLength(41)
  expect(lines).toContain('… 65 more; --all shows them.')
  expect(said(recording, true).split('\n')).toHaveLength(105)
  const answer = answerTests(recording, findTarget(recording, 'src/a.ts:1'))
  expect(JSON.parse(jsonOfAnswer(answer, false))).toMatchObject({ more: 60, rows: { length: 40 } })
  expect(JSON.parse(jsonOfAnswer(answer, true))).toMatchObject({ more: 0, rows: { length: 100 } })
})

test('a test of two projects is one test, with a row for each', () => {
  const twin = (project: string): Context => testNamed('a', { project })
  const text = said(recorded([2, twin('node')], [1, twin('web')], [1, testNamed('b', { project: 'web' })]))
  expect(text).toMatch(/^src\/a\.ts:1 ran 4 times, in 2 tests of 2 projects\.\n/)
  expect(text).toContain('  2  [node] test/a.test.ts > a\n')
  expect(text).toContain('  1  [web] test/a.test.ts > a\n')
})

test('a text that is not on disk any more is marked', () => {
  const changed: Recording = { ...recorded([1, testNamed('a')]), stateOf: () => 'changed' }
  expect(said(changed)).toContain(
    '\nChanged since, so that lines are those of the text that ran: src/a.ts.\n',
  )
  expect(said({ ...changed, stateOf: () => 'gone' })).toContain('\nNot there any more: src/a.ts.\n')
})

test('the folder in which it is asked has a name', () => {
  const recording = recorded([1, testNamed('a')])
  expect(said(recording, false, '.')).toMatch(/^This folder: 1 of 1 line ran, in 1 test\.\n/)
  const target = findTarget(recording, '.')
  const { head, parts } = outsideText(answerOutside(recording, { target }), false)
  const heads = [...head, ...(parts ?? []).flatMap((part) => part.head)]
  expect(heads).toEqual([
    'Every line that ran did so in a test.',
    '',
    '1 of 1 test ran lines that nothing else ran:',
  ])
})

test('what would act on a terminal is shown as escapes', () => {
  const recording = recorded([1, testNamed('\u001b[2J::error::')])
  expect(said(recording)).toContain('test/a.test.ts > \\x1b[2J::error::')
})

test('JSON has nothing in it that acts, and is still what it says', () => {
  const title = 'a\u001b\u0085\u202e\u2028##[group]'
  const recording = recorded([1, testNamed(title)])
  const json = jsonOfAnswer(answerTests(recording, findTarget(recording, 'src/a.ts:1')), true)
  expect(printableLines(json)).toBe(json)
  expect(JSON.parse(json).rows[0].context.titles).toEqual([title])
})
