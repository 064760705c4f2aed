import type { Context, SourceCounts } from '@tstrace/results'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerOutside } from '../../src/answers/answer-outside.ts'
import { answerRan } from '../../src/answers/answer-ran.ts'
import { answerSuspects } from '../../src/answers/answer-suspects.ts'
import { answerTests } from '../../src/answers/answer-tests.ts'
import { answerTop } from '../../src/answers/answer-top.ts'
import { findTarget } from '../../src/recording/find-target.ts'
import type { Recording } from '../../src/recording/recording.ts'
import { recordingOf, testNamed } from '../recorded.ts'

/*
 * A text that two compilers took has a site table by each, as a file of Jest that ran with Istanbul's counters and without, or a
 * component made for the server and for the browser. Answers are those of one table.
 */

const LINES = 4

const CONTEXTS: readonly Context[] = [
  testNamed('a'),
  testNamed('b', { state: 'failed' }),
  { kind: 'import', project: '', file: 'test/a.test.ts' },
]

/** Two things start on each line, and each pair of lines is a function; the other compiler numbers its counters from the end. */
function source(path: string, counts: readonly number[], isOther: boolean): SourceCounts {
  const counters = 2 * LINES
  const numbered = (counter: number): number => (isOther ? counters - 1 - counter : counter)
  const end = { line: LINES, column: 9 }
  const sites = {
    counters,
    lines: counts.map((_, at) => ({
      line: (at >> 1) + 1,
      column: 8 * (at & 1),
      counters: [numbered(at)],
      rule: 'statement',
    })),
    functions: [
      { name: '<module>', line: 1, column: 0, end, counter: numbered(0) },
      { name: 'f', line: 3, column: 0, end, counter: numbered(5) },
    ],
    branches: [],
  }
  const ordered = counts.map((_, counter) => counts[numbered(counter)] as number)
  return { path, hash: '0123456789abcdef', sites, counts: Float64Array.from(ordered) }
}

const runs = fc.array(
  fc.record({
    path: fc.constantFrom('src/a.ts', 'src/b.ts'),
    context: fc.constantFrom(...CONTEXTS),
    counts: fc.array(fc.nat(3), { minLength: 2 * LINES, maxLength: 2 * LINES }),
    isOther: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
)

const QUESTIONS: Readonly<Record<string, (recording: Recording) => unknown>> = {
  tests: (recording) =>
    [
      'src',
      ...recording.versions().flatMap(({ path }) => [path, `${path}:2`, `${path}:2-3`, `${path}:f`]),
    ].map((word) => answerTests(recording, findTarget(recording, word))),
  ran: (recording) =>
    recording
      .contexts()
      .flatMap((context) => (context.kind === 'test' ? [answerRan(recording, context.titles.join())] : [])),
  outside: (recording) => answerOutside(recording),
  suspects: (recording) =>
    recording.contexts().some(({ kind }) => kind === 'test') ? answerSuspects(recording) : [],
  top: (recording) => answerTop(recording, { by: 'count', target: findTarget(recording, '.'), test: '' }),
  'the numbers of each line': (recording) =>
    recording
      .versions()
      .flatMap(({ path }) =>
        [1, 2, 3, 4].map((line) => [
          recording.results().lineCounts(path).get(line),
          recording.results().testsOf(path, line),
        ]),
      ),
}

test.each(Object.keys(QUESTIONS))('%s', (name) => {
  const ask = QUESTIONS[name] as (recording: Recording) => unknown
  fc.assert(
    fc.property(runs, (counted) => {
      const recordingBy = (tables: 1 | 2): Recording =>
        recordingOf({
          sources: counted.map(({ context, counts, isOther, path }) => [
            source(path, counts, tables === 2 && isOther),
            context,
          ]),
        })
      expect(ask(recordingBy(2))).toEqual(ask(recordingBy(1)))
    }),
  )
})
