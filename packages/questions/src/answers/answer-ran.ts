import type { Context, OverlapContext, SourceCounts } from '@tstrace/results'
import { contextKey } from '@tstrace/results/internal'
import { aboutOf } from '../recording/about.ts'
import { findTests } from '../recording/find-tests.ts'
import type { Recording } from '../recording/recording.ts'
import type { Answer } from './answer.ts'
import { Measure, type Ran } from './measure.ts'
import { NOTHING, sumOf } from './what-ran.ts'

/** What a test, or all that ran for a test file, executed. */
export interface RanAnswer extends Answer {
  readonly question: 'ran'
  /** Whose counts these are: the attempts at a test, or everything of a test file. */
  readonly contexts: readonly Context[]
  /** In all sources together. */
  readonly total: Ran
  /** Source by source, the most first. */
  readonly rows: readonly RanSource[]
  /** What ran beside others, where nobody can say for which: in none of the counts above. */
  readonly beside: readonly RanBeside[]
}

export interface RanSource extends Ran {
  readonly path: string
  readonly hash: string
  /** How many lines are executable. */
  readonly executable: number
  /** Those that were called, the most often called first. */
  readonly functions: readonly RanFunction[]
}

export interface RanFunction {
  readonly name: string
  /** 1-based, where it starts. */
  readonly line: number
  readonly calls: number
}

export interface RanBeside extends Ran {
  readonly context: OverlapContext
}

/**
 * What a test executed: files, their functions, and how often.
 *
 * @param word as for `findTests`
 * @throws TstraceError what `findTests` throws
 */
export function answerRan(recording: Recording, word: string): RanAnswer {
  const { contexts, groups } = findTests(recording, word)
  const results = recording.results({ contexts: [...contexts, ...groups], calls: false })
  const besides = groups.map((context) => ({ context, key: contextKey(context), ran: NOTHING }))
  const rows: RanSource[] = []
  for (const source of results.sources()) {
    const counted = results.recorded.ofSource(source)
    if (!counted) continue
    const counts = sumOfContexts(contexts.map((context) => counted.of(contextKey(context))))
    const measure = new Measure(source, WHOLE)
    if (counts.size > 0) rows.push(sourceRow(source, counts, ranBy(counts, measure)))
    for (const beside of besides) beside.ran = sumOf(beside.ran, ranBy(counted.of(beside.key), measure))
  }
  return {
    question: 'ran',
    about: aboutOf(recording, rows),
    contexts,
    total: rows.reduce<Ran>(sumOf, NOTHING),
    rows: rows.sort((a, b) => b.count - a.count),
    beside: besides.flatMap(({ context, ran }) => (ran.count > 0 ? [{ ...ran, context }] : [])),
  }
}

/** Of a source; whose path makes no difference. */
const WHOLE = { kind: 'file', path: '', hash: '' } as const

type Counts = ReadonlyMap<number, number>

function sumOfContexts(all: readonly Counts[]): Counts {
  const [only, ...others] = all
  if (only && others.length === 0) return only
  const sums = new Map<number, number>()
  for (const counts of all)
    for (const [counter, count] of counts) sums.set(counter, count + (sums.get(counter) ?? 0))
  return sums
}

function ranBy(counts: Counts, measure: Measure): Ran {
  for (const [counter, count] of counts) measure.add(counter, count)
  measure.take()
  return { count: measure.count, lines: measure.lines }
}

function sourceRow({ hash, path, sites }: SourceCounts, counts: Counts, ran: Ran): RanSource {
  const countOf = (counter: number): number => counts.get(counter) ?? 0
  const functions = sites.functions
    .map(({ counter, line, name }): RanFunction => ({ name, line, calls: countOf(counter) }))
    .filter(({ calls }) => calls > 0)
    .sort((a, b) => b.calls - a.calls)
  const executable = new Set(sites.lines.map(({ line }) => line)).size
  return { path, hash, ...ran, executable, functions }
}
