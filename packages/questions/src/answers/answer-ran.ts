import type { Context, OverlapContext, SourceCounts } from '@tstrace/results'
import { contextKey } from '@tstrace/results/internal'
import { aboutOf } from '../recording/about.ts'
import { findTests } from '../recording/find-tests.ts'
import type { Recording } from '../recording/recording.ts'
import type { Answer } from './answer.ts'
import { countedTexts } from './counted-texts.ts'
import type { Ran } from './measure.ts'
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
  for (const { counted } of countedTexts(results.sources())) {
    const tables = counted.map((source) => results.recorded.sourceIn(source, keys))
    if (tables.some(({ counts }) => counts.some((count) => count > 0))) rows.push(sourceRow(tables))
    for (const beside of besides)
      beside.ran = sumOf(beside.ran, ranInText(results.recorded.sourcesIn(counted, beside.key), WHOLE))
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

/** @param tables of one text, with what is told of */
function sourceRow(tables: readonly SourceCounts[]): RanSource {
  const [{ hash, path }] = tables as [SourceCounts]
  const functions = new Map<string, RanFunction>()
  for (const { counts, sites } of tables)
    for (const { counter, line, name } of sites.functions) {
      const calls = (counts[counter] as number) + (functions.get(name)?.calls ?? 0)
      if (calls > 0) functions.set(name, { name, line, calls })
    }
  const rows = [...functions.values()].sort((a, b) => b.calls - a.calls || a.line - b.line)
  return { path, hash, ...ranInText(tables, WHOLE), functions: rows }
}
