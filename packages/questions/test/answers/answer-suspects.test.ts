import { expect, test } from 'vitest'
import { answerSuspects } from '../../src/answers/answer-suspects.ts'
import type { Recording } from '../../src/recording/recording.ts'
import { printedAnswer } from '../../src/texts/answer-text.ts'
import { suspectsText } from '../../src/texts/suspects-text.ts'
import { recordingOf, sourceWith, testNamed } from '../recorded.ts'
import { recordingOfText } from '../recorded-text.ts'

const failed = testNamed('fails', { state: 'failed' })
const alsoFailed = testNamed('fails, too', { state: 'failed' })
const passed = [1, 2, 3].map((number) => testNamed(`passes ${number}`))
const IMPORT = { kind: 'import', project: '', file: 'test/a.test.ts' } as const

test('lines are ranked by Ochiai, those of one function with the same figures together', () => {
  const recording = recordingOf({
    sources: [
      [sourceWith('src/a.ts', [1, 1, 0, 0, 0, 0, 0, 0]), IMPORT],
      [sourceWith('src/a.ts', [0, 0, 1, 1, 0, 2, 1, 0]), failed],
      [sourceWith('src/a.ts', [0, 0, 1, 1, 0, 0, 3, 0]), alsoFailed],
      [sourceWith('src/a.ts', [0, 0, 7, 7, 1, 0, 0, 0]), passed[0]],
      [sourceWith('src/a.ts', [0, 0, 7, 7, 0, 0, 0, 0]), passed[1]],
      [sourceWith('src/b.ts', [0, 1, 0]), passed[2]],
    ],
  })
  const { failing, passing, rows } = answerSuspects(recording)
  expect({ failing, passing }).toEqual({ failing: 2, passing: 3 })
  expect(
    rows.map(({ from, lines, to, ...row }) => [from, to, lines, row.score, row.failing, row.passing]),
  ).toEqual([
    // 2 / √(2 · 2), 2 / √(2 · 4), 1 / √(2 · 1)
    [7, 7, 1, 1, 2, 0],
    [3, 4, 2, 2 / Math.sqrt(8), 2, 2],
    [6, 6, 1, 1 / Math.sqrt(2), 1, 0],
  ])
})

test('lines of another function are another range', () => {
  const recording = recordingOfText(
    ['function f() {', '  1', '  return () => {', '    2', '  }', '}', 'var g = f()'].join('\n'),
    ['f()(), (() => { throw 1 })()'],
    { state: 'failed' },
  )
  const { rows } = answerSuspects(recording)
  expect(rows.map((row) => [row.function, row.from, row.to])).toEqual([
    ['f.<anonymous:3>', 4, 4],
    ['f', 2, 3],
  ])
})

test('what ran while several tests were at it counts for none, and that is said', () => {
  const members = [failed, testNamed('passes 1')]
  const recording = recordingOf({
    sources: [
      [sourceWith('src/a.ts', [0, 1, 0]), failed],
      [sourceWith('src/a.ts', [0, 1, 1]), { kind: 'overlap', members }],
      [sourceWith('src/a.ts', [0, 0, 0]), testNamed('killed', { state: 'unfinished' })],
    ],
  })
  const { about, rows, ...counted } = answerSuspects(recording)
  expect(rows).toMatchObject([{ from: 2, to: 2, failing: 1, passing: 0, score: 1 }])
  expect(counted).toEqual({
    question: 'suspects',
    more: 0,
    failing: 1,
    passing: 1,
    flaky: 0,
    unfinished: 1,
    failedFiles: { rows: [] },
    overlapping: 1,
  })
  expect(
    printedAnswer({ ...suspectsText({ about, rows, ...counted }), foot: [] }, false),
  ).toBe(`1 test failed and 1 passed.
1 test did not end, and counts for neither.
1 of those that failed ran at the same time as others, and what ran then counts for none
of them: with maxConcurrency 1 they run one at a time.

Lines by how closely running them goes along with failing (Ochiai, from 0 to 1):

  score  failed  passed
  1.000       1       0  src/a.ts:2  <module>
`)
})

test('a test that passed when it was tried again counts for neither, so that the real fault leads', () => {
  const recording = recordingOf({
    sources: [
      [sourceWith('src/flaky.ts', [0, 1]), testNamed('flaky', { state: 'failed' })],
      [sourceWith('src/flaky.ts', [0, 1]), testNamed('flaky', { state: 'failed', retry: 1 })],
      [sourceWith('src/flaky.ts', [1, 0]), testNamed('flaky', { retry: 2 })],
      [sourceWith('src/a.ts', [0, 1]), failed],
    ],
  })
  const answer = answerSuspects(recording)
  expect(answer).toMatchObject({
    failing: 1,
    passing: 0,
    flaky: 1,
    rows: [{ path: 'src/a.ts', from: 2, failing: 1, passing: 0, score: 1 }],
  })
  expect(suspectsText(answer).head.slice(0, 2)).toEqual([
    '1 test failed and 0 passed.',
    '1 test failed but passed when tried again, and counts for neither.',
  ])
})

test.each([
  ['failed each time', [{ state: 'failed' }, { state: 'failed', retry: 1 }], { failing: 1 }],
  ['failed once of two repeats', [{ state: 'failed' }, { repeat: 1 }], { failing: 1 }],
  ['passed each time', [{}, { repeat: 1 }], { passing: 1 }],
  [
    'was cut off when it was tried again',
    [{ state: 'failed' }, { state: 'unfinished', retry: 1 }],
    { unfinished: 1 },
  ],
  ['failed in one of two runs', [{ state: 'failed' }, {}], { failing: 1 }],
  ['was skipped', [{ state: 'skipped' }], {}],
] as const)('a test that %s is one test', (_how, attempts, verdict) => {
  const recording = recordingOf({
    sources: attempts.map((attempt) => [sourceWith('src/a.ts', [1]), testNamed('it', attempt)] as const),
  })
  expect(answerSuspects(recording)).toMatchObject({
    ...{ failing: 0, passing: 0, flaky: 0, unfinished: 0 },
    ...verdict,
  })
})

test('test files are no suspects', () => {
  const recording = recordingOf({ sources: [[sourceWith('test/a.test.ts', [1]), failed]] })
  const answer = answerSuspects(recording)
  expect(answer.rows).toEqual([])
  expect(suspectsText(answer).head).toEqual([
    '1 test failed and 0 passed. Those that failed ran no line of a source.',
  ])
})

test('nothing is suspect where no test failed', () => {
  const recording = recordingOf({ sources: [[sourceWith('src/a.ts', [1]), testNamed('passes')]] })
  expect(suspectsText(answerSuspects(recording)).head).toEqual([
    'No recorded test failed, 1 passed: nothing is suspect.',
  ])
})

test('a test file that failed before its tests is named, and one whose tests did not run is not', () => {
  const recording = recordingOf({
    sources: [
      [sourceWith('src/a.ts', [1]), testNamed('passes')],
      [sourceWith('src/a.ts', [1]), IMPORT],
      [sourceWith('src/a.ts', [1]), { ...IMPORT, file: 'test/b.test.ts', state: 'failed' }],
      [sourceWith('src/a.ts', [1]), { ...IMPORT, file: 'test/all-skipped.test.ts' }],
    ],
  })
  expect(suspectsText(answerSuspects(recording)).head).toEqual([
    'No recorded test failed, 1 passed: nothing is suspect.',
    '1 test file failed before any test ran, so that it counts for nothing: test/b.test.ts.',
  ])
})

test('a recording by test file is refused', () => {
  const recording = recordingOf({
    sources: [[sourceWith('src/a.ts', [1]), { kind: 'file', project: '', file: 'test/a.test.ts' }]],
  })
  expect(() => answerSuspects(recording)).toThrow('a.counts keeps test files apart, but not their tests.')
})

test('a recording of a program that names nothing is refused without a word about options of test runners', () => {
  const sources = [[sourceWith('src/a.ts', [1])]] as const
  const of = (...runners: string[]): Recording =>
    recordingOf(
      { sources },
      {
        runs: runners.map((runner) => ({ runner }) as Recording['runs'][number]),
      },
    )
  expect(() => answerSuspects(of('node 24.1.0'))).toThrow(
    'a.counts is of a program, which has no tests and named no contexts. Record a run of the tests, or name what the program does with tracer.context.',
  )
  expect(() => answerSuspects(of('node 24.1.0', 'vitest 5.1.1'))).toThrow('contexts were off')
})

test('a recording of a program is refused, since it has no tests', () => {
  const contexts = [
    { kind: 'named', name: 'a' },
    {
      kind: 'overlap',
      members: [
        { kind: 'named', name: 'a' },
        { kind: 'named', name: 'b' },
      ],
    },
  ] as const
  const recording = recordingOf({
    sources: contexts.map((context) => [sourceWith('src/a.ts', [1]), context] as const),
  })
  expect(() => answerSuspects(recording)).toThrow(
    'a.counts has no tests: what is told apart in it are contexts that a program has named.',
  )
})
