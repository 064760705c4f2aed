import { type Context, type CoverageResults, contextKey, type TestContext } from '@tstrace/results'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerOutside } from '../../src/answers/answer-outside.ts'
import { answerSuspects } from '../../src/answers/answer-suspects.ts'
import { findTarget } from '../../src/recording/find-target.ts'
import type { Recording } from '../../src/recording/recording.ts'
import type { Target } from '../../src/recording/target.ts'
import { recordingOf, sourceWith, testNamed } from '../recorded.ts'

/*
 * Answers that go through all of a recording take it as it is kept. Here the same is found out the long way round: context by
 * context, line by line.
 */

const LINES = 70

const place = { project: '', file: 'test/a.test.ts' } as const

const TESTS = ['a', 'b', 'c', 'd'].flatMap((title) => [
  testNamed(title),
  testNamed(title, { state: 'failed' }),
  testNamed(title, { retry: 1 }),
])

const CONTEXTS: readonly Context[] = [
  ...TESTS,
  { kind: 'import', ...place },
  { kind: 'late', ...place },
  { kind: 'hooks', ...place, titles: [] },
  { kind: 'hooks', ...place, titles: ['d'] },
  { kind: 'overlap', members: [testNamed('a'), testNamed('b')] },
  {
    kind: 'overlap',
    members: [testNamed('c', { state: 'failed' }), { kind: 'hooks', ...place, titles: [] }],
  },
  {
    kind: 'overlap',
    members: [
      { kind: 'hooks', ...place, titles: [] },
      { kind: 'hooks', ...place, titles: ['d'] },
    ],
  },
  { kind: 'named', name: 'by hand' },
]

const counted = fc.array(
  fc.record({
    path: fc.constantFrom('src/a.ts', 'src/b.ts'),
    context: fc.constantFrom(...CONTEXTS),
    ran: fc.array(fc.nat(LINES - 1), { maxLength: 8 }),
  }),
  { maxLength: 30 },
)

type Line = `${string}:${number}`

/** What is asked about, as typed, and the lines that it has; '' for everything. */
const asked = fc.constantFrom<[word: string, isAsked: (line: Line) => boolean]>(
  ['', () => true],
  ['src', () => true],
  ['src/a.ts', (line) => line.startsWith('src/a.ts:')],
  ['src/b.ts:11-40', (line) => line.startsWith('src/b.ts:') && numberOf(line) >= 11 && numberOf(line) <= 40],
  ['src/a.ts:f6', (line) => ['src/a.ts:7', 'src/a.ts:8'].includes(line)],
)

function numberOf(line: Line): number {
  return Number(line.split(':')[1])
}

/** Undefined for everything, and for a source of which nothing was counted. */
function targetOf(recording: Recording, word: string): Target | undefined {
  const isThere = recording
    .versions()
    .some(({ path }) => word.startsWith(path) || path.startsWith(`${word}/`))
  fc.pre(word === '' || isThere)
  return word === '' ? undefined : findTarget(recording, word)
}

/** The lines that ran in each context, from its own results. */
function linesByContext(results: CoverageResults): Map<string, Set<Line>> {
  const found = new Map<string, Set<Line>>()
  for (const context of results.contexts()) {
    const own = results.of(context)
    const lines = own
      .versions()
      .flatMap(({ hash, path }) =>
        [...own.lineCounts(path, hash)].flatMap(([line, count]): Line[] =>
          count > 0 ? [`${path}:${line}`] : [],
        ),
      )
    found.set(contextKey(context), new Set(lines))
  }
  return found
}

function* linesOf(ranges: readonly { path: string; from: number; to: number }[]): Generator<Line> {
  for (const { from, path, to } of ranges) for (let line = from; line <= to; line++) yield `${path}:${line}`
}

function recordingWith(
  runs: readonly { path: string; context: Context; ran: readonly number[] }[],
): Recording {
  return recordingOf({
    sources: runs.map(({ context, path, ran }) => {
      const counts = Array.from({ length: LINES }, (_, at) => ran.filter((line) => line === at).length)
      return [sourceWith(path, counts), context] as const
    }),
  })
}

test('suspects have the figures of a count by hand', () => {
  fc.assert(
    fc.property(counted, asked, (runs, [word, isAsked]) => {
      fc.pre(runs.some(({ context }) => context.kind !== 'named'))
      const recording = recordingWith(runs)
      const lines = linesByContext(recording.results())
      const members = recording
        .contexts()
        .flatMap((context): readonly Context[] => (context.kind === 'overlap' ? context.members : [context]))
      const [failed, passed]: [Set<Line>[], Set<Line>[]] = [[], []]
      for (const title of ['a', 'b', 'c', 'd']) {
        const has = (more: Partial<TestContext>): string | undefined => {
          const key = contextKey(testNamed(title, more))
          return members.some((member) => contextKey(member) === key) ? key : undefined
        }
        const [first, again, bad] = [has({}), has({ retry: 1 }), has({ state: 'failed' })]
        const good = again ?? first
        if (bad !== undefined && again === undefined) failed.push(lines.get(bad) ?? new Set())
        else if (bad === undefined && good !== undefined) passed.push(lines.get(good) ?? new Set())
      }
      const expected = new Map<Line, [number, number]>()
      for (const line of failed.flatMap((some) => [...some].filter(isAsked)))
        expected.set(line, [
          failed.filter((some) => some.has(line)).length,
          passed.filter((some) => some.has(line)).length,
        ])
      const { failing: all, rows } = answerSuspects(recording, { target: targetOf(recording, word) })
      const found = rows.flatMap((row) =>
        [...linesOf([row])].map((line) => [line, [row.failing, row.passing]] as const),
      )
      expect(new Map(found)).toEqual(expected)
      for (const { failing, passing, score } of rows)
        expect(score).toBeCloseTo(failing / Math.sqrt(all * (failing + passing)), 12)
      expect(rows.map(({ score }) => score)).toEqual(rows.map(({ score }) => score).sort((a, b) => b - a))
    }),
  )
})

test('outside has what sets of lines have', () => {
  fc.assert(
    fc.property(counted, asked, (runs, [word, isAsked]) => {
      fc.pre(runs.length > 0)
      const recording = recordingWith(runs)
      const lines = linesByContext(recording.results())
      const [inside, outside]: [Set<Line>, Set<Line>] = [new Set(), new Set()]
      for (const context of recording.contexts())
        for (const line of [...(lines.get(contextKey(context)) ?? [])].filter(isAsked))
          (isInside(context) ? inside : outside).add(line)
      const answer = answerOutside(recording, { target: targetOf(recording, word) })
      expect(new Set(linesOf(answer.rows))).toEqual(without(outside, inside))
      for (const title of ['a', 'b', 'c', 'd']) {
        const isOwn = (context: Context): boolean => context.kind === 'test' && context.titles[0] === title
        const [own, others]: [Set<Line>, Set<Line>] = [new Set(), new Set()]
        for (const context of recording.contexts())
          for (const line of [...(lines.get(contextKey(context)) ?? [])].filter(isAsked))
            (isOwn(context) ? own : others).add(line)
        const row = answer.alone.rows.find(({ context }) => isOwn(context))
        expect(new Set(linesOf(row?.ranges ?? []))).toEqual(without(own, others))
        expect(row?.lines ?? 0).toBe(without(own, others).size)
        const isNothing = [...answer.nothing.rows, ...answer.unclear.rows].some(isOwn)
        if (word !== '') expect(isNothing).toBe(own.size > 0 && without(own, others).size === 0)
      }
    }),
  )
})

function isInside(context: Context): boolean {
  if (context.kind === 'overlap') return context.members.some(({ kind }) => kind === 'test')
  return context.kind === 'test' || context.kind === 'named'
}

function without(lines: ReadonlySet<Line>, others: ReadonlySet<Line>): Set<Line> {
  return new Set([...lines].filter((line) => !others.has(line)))
}
