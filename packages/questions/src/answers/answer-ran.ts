import type { Context, OverlapContext, SourceCounts } from '@tstrace/results'
import { contextKey } from '@tstrace/results/internal'
import { aboutOf } from '../recording/about.ts'
import { findTests } from '../recording/find-tests.ts'
import type { Recording } from '../recording/recording.ts'
import type { Answer } from './answer.ts'
import { type CountedText, countedTexts } from './counted-texts.ts'
import { Measure, type Ran } from './measure.ts'
import { ranInText } from './ran-in-text.ts'
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
  const keys = contexts.map(contextKey)
  const besides = groups.map((context) => ({ context, key: contextKey(context), ran: NOTHING }))
  const rows: RanSource[] = []
  for (const text of countedTexts(results.sources())) {
    const recorded = text.counted.map((source) => results.recorded.ofSource(source))
    if (recorded.every((counts) => !counts)) continue
    const ranIn = ranInContexts(text.counted)
    const countsIn = (keys: readonly string[]): Counts[] =>
      recorded.map((counts) => sumOfContexts(keys.map((key) => counts?.of(key) ?? NO_COUNTS)))
    const counts = countsIn(keys)
    if (counts.some(({ size }) => size > 0)) rows.push(sourceRow(text, counts, ranIn(counts)))
    for (const beside of besides) beside.ran = sumOf(beside.ran, ranIn(countsIn([beside.key])))
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

const NO_COUNTS: Counts = new Map()

function sumOfContexts(all: readonly Counts[]): Counts {
  const [only, ...others] = all
  if (only && others.length === 0) return only
  const sums = new Map<number, number>()
  for (const counts of all)
    for (const [counter, count] of counts) sums.set(counter, count + (sums.get(counter) ?? 0))
  return sums
}

/**
 * Finds out how much of a text ran, time after time.
 *
 * @param tables what was counted of it, once for each table
 * @returns asked with the counts in each of them
 */
function ranInContexts(tables: readonly SourceCounts[]): (counts: readonly Counts[]) => Ran {
  const [source, ...others] = tables
  if (!source || others.length > 0)
    return (counts) => {
      const { count, lines } = ranInText(
        tables.map((source, at) => ({ ...source, counts: countsBy(source, counts[at] as Counts) })),
        WHOLE,
      )
      return { count, lines }
    }
  const measure = new Measure(source, WHOLE)
  return ([counts = NO_COUNTS]) => {
    for (const [counter, count] of counts) measure.add(counter, count)
    measure.take()
    return { count: measure.count, lines: measure.lines }
  }
}

function countsBy({ sites }: SourceCounts, counts: Counts): Float64Array {
  const all = new Float64Array(sites.counters)
  for (const [counter, count] of counts) all[counter] = count
  return all
}

function sourceRow({ counted, hash, path }: CountedText, counts: readonly Counts[], ran: Ran): RanSource {
  const functions = new Map<string, RanFunction>()
  for (const [at, { sites }] of counted.entries())
    for (const { counter, line, name } of sites.functions) {
      const calls = (counts[at]?.get(counter) ?? 0) + (functions.get(name)?.calls ?? 0)
      if (calls > 0) functions.set(name, { name, line, calls })
    }
  const executable = new Set(counted.flatMap(({ sites }) => sites.lines.map(({ line }) => line))).size
  const rows = [...functions.values()].sort((a, b) => b.calls - a.calls || a.line - b.line)
  return { path, hash, ...ran, executable, functions: rows }
}
