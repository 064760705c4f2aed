import type { Context } from '@tstrace/results'
import { expect, test } from 'vitest'
import { answerOutside } from '../../src/answers/answer-outside.ts'
import { jsonOfAnswer } from '../../src/texts/answer-json.ts'
import { printedAnswer } from '../../src/texts/answer-text.ts'
import { outsideText } from '../../src/texts/outside-text.ts'
import { recordingOf, sourceWith, testNamed } from '../recorded.ts'

const place = { project: '', file: 'test/a.test.ts' } as const
const IMPORT: Context = { kind: 'import', ...place }
const HOOKS: Context = { kind: 'hooks', ...place, titles: [] }
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((title) => testNamed(title)) as [
  Context,
  Context,
  Context,
  Context,
]

const recording = recordingOf({
  sources: [
    [sourceWith('src/a.ts', [1, 1, 1, 0, 0, 0, 0, 0, 0]), IMPORT],
    [sourceWith('src/a.ts', [0, 0, 0, 5, 0, 0, 0, 0, 0]), HOOKS],
    [sourceWith('src/a.ts', [0, 1, 0, 0, 1, 1, 0, 1, 0]), a],
    [sourceWith('src/a.ts', [0, 0, 0, 0, 0, 1, 1, 0, 0]), b],
    [sourceWith('src/a.ts', [0, 0, 0, 0, 0, 1, 0, 0, 0]), c],
    [sourceWith('src/a.ts', [0, 0, 0, 0, 0, 1, 0, 0, 0]), d],
    [
      sourceWith('src/a.ts', [0, 0, 0, 0, 0, 0, 1, 0, 0]),
      { kind: 'overlap', members: [b as never, d as never] },
    ],
    [sourceWith('test/a.test.ts', [0, 1]), a],
  ],
})

test('what ran in no test, what in one alone, and which test ran nothing alone', () => {
  const { about, ...answer } = answerOutside(recording)
  const range = { path: 'src/a.ts', hash: '0123456789abcdef', function: '<module>' }
  expect(about.sources).toEqual([{ path: 'src/a.ts', hash: range.hash, state: 'same' }])
  expect(answer).toEqual({
    question: 'outside',
    byTest: true,
    rows: [
      { ...range, from: 1, to: 1, lines: 1, ran: ['import'] },
      { ...range, from: 3, to: 3, lines: 1, ran: ['import'] },
      { ...range, from: 4, to: 4, lines: 1, ran: ['hooks'] },
    ],
    alone: {
      rows: [
        {
          context: a,
          lines: 2,
          ranges: [
            { ...range, from: 5, to: 5, lines: 1 },
            { ...range, from: 8, to: 8, lines: 1 },
          ],
        },
      ],
    },
    nothing: { rows: [c] },
    unclear: { rows: [b, d] },
    unrecorded: 0,
  })
})

test('what ran only in runs without contexts is counted, and said', () => {
  const mixed = recordingOf({
    sources: [[sourceWith('src/a.ts', [1, 2, 0, 4])], [sourceWith('src/a.ts', [1, 0, 0, 0]), a]],
  })
  const answer = answerOutside(mixed)
  expect(answer).toMatchObject({ rows: [], unrecorded: 2 })
  const text = printedAnswer(outsideText(answer, false), false)
  expect(text).toContain('Every line that ran where contexts were recorded did so in a test.\n')
  expect(text).toContain(
    '\nAnd 2 lines ran only in runs that did not record contexts: nobody knows in which tests.\n',
  )
})

test('the same to read', () => {
  const text = printedAnswer({ ...outsideText(answerOutside(recording), false), foot: [] }, false)
  expect(
    text,
  ).toBe(`3 lines ran, but in no test: 0 in functions, 3 of modules themselves, as imports and definitions.
  src/a.ts  3 lines of the module, while importing, in hooks

1 of 4 tests ran lines that nothing else ran:
  2  test/a.test.ts > a  src/a.ts:5,8

2 tests ran at the same time as others, so that it is not known of them.
1 test ran no line that nothing else ran. They may be needed all the same: other
values on the same lines are other cases.
  test/a.test.ts > c
`)
})

test('attempts at one test are one test, and one that was skipped is none', () => {
  const twice = recordingOf({
    sources: [
      [sourceWith('src/a.ts', [1, 1]), testNamed('flaky', { state: 'failed' })],
      [sourceWith('src/a.ts', [1, 0]), testNamed('flaky', { retry: 1 })],
      [sourceWith('src/a.ts', [0, 0]), testNamed('skipped', { state: 'skipped' })],
    ],
  })
  const { alone, nothing } = answerOutside(twice)
  expect(alone.rows).toMatchObject([{ context: testNamed('flaky', { retry: 1 }), lines: 2 }])
  expect(nothing.rows).toEqual([])
})

test('the same test in several projects is one test, and what only they ran it ran alone', () => {
  const twins = recordingOf({
    sources: [
      [sourceWith('src/a.ts', [1, 1, 0]), testNamed('twin', { project: 'node' })],
      [sourceWith('src/a.ts', [1, 1, 0]), testNamed('twin', { project: 'browser' })],
      [sourceWith('src/a.ts', [0, 1, 1]), testNamed('only there', { project: 'node' })],
    ],
  })
  const { alone, nothing } = answerOutside(twins)
  expect(alone.rows).toMatchObject([
    { context: testNamed('twin'), ranges: [{ from: 1, to: 1 }] },
    { context: testNamed('only there', { project: 'node' }), ranges: [{ from: 3, to: 3 }] },
  ])
  expect(nothing.rows).toEqual([])
})

test('by test file, test files stand for tests', () => {
  const files = ['a', 'b'].map(
    (name): Context => ({ kind: 'file', project: '', file: `test/${name}.test.ts` }),
  )
  const byFile = recordingOf({
    sources: [
      [sourceWith('src/a.ts', [1, 1, 0]), files[0]],
      [sourceWith('src/a.ts', [1, 0, 0]), files[1]],
    ],
  })
  const answer = answerOutside(byFile)
  expect(answer).toMatchObject({
    byTest: false,
    rows: [],
    alone: { rows: [{ context: files[0], lines: 1 }] },
  })
  expect(answer.nothing.rows).toEqual([files[1]])
  expect(outsideText(answer, false).head[0]).toBe(
    'Test files are kept apart in this recording, not their tests: nobody knows what ran outside of them.',
  )
})

test('each list of a long answer is cut, and says how many more there are', () => {
  const many = Array.from({ length: 100 }, (_, at) => testNamed(`t${String(at).padStart(3, '0')}`))
  const long = answerOutside(
    recordingOf({
      sources: many.map((context, at) => [
        sourceWith(
          'src/a.ts',
          many.map((_, line) => Number(at < 50 && line === at * 2)),
        ),
        context,
      ]),
    }),
  )
  const text = printedAnswer(outsideText(long, false), false)
  expect(text.split('\n').length).toBeLessThanOrEqual(41)
  expect(text).toContain('50 of 100 tests ran lines that nothing else ran:')
  expect(text.match(/… \d+ more; --all shows them\./g)).toHaveLength(2)
  expect(printedAnswer(outsideText(long, true), true)).not.toContain('more; --all')
  const json = JSON.parse(jsonOfAnswer(long, false)) as { alone: { rows: unknown[]; more: number } }
  expect([json.alone.rows.length, json.alone.more]).toEqual([40, 10])
})

test('what a program has named is no test file', () => {
  const program = recordingOf({
    sources: [
      [sourceWith('src/a.ts', [1, 1]), { kind: 'named', name: '' }],
      [sourceWith('src/a.ts', [0, 0, 1]), { kind: 'named', name: 'parse' }],
    ],
  })
  expect(
    printedAnswer({ ...outsideText(answerOutside(program), false), foot: [] }, false),
  ).toBe(`This recording has contexts that a program has named, and no tests.

2 of 2 named contexts ran lines that nothing else ran:
  2  outside of all named contexts  src/a.ts:1-2
  1  parse  src/a.ts:3
`)
})
