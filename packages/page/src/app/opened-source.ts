import { answerTests, type Recording, type TestsAnswer } from '@tstrace/questions'
import { type Context, CoverageResults, contextKey, type FunctionSite } from '@tstrace/results'
import { ContextCounts, keptFrom, unpackSiteTable } from '@tstrace/results/internal'
import type { SourceData } from '../page-data.ts'
import { type ListedSource, SHOWN } from './recorded-page.ts'
import { type TextLine, textLines } from './text-lines.ts'

/** A source whose chunk has been read. Lines are 1-based. */
export interface OpenedSource {
  readonly listed: ListedSource
  readonly data: SourceData
  /** The text without what marks it as UTF-8; '' where there is none. */
  readonly text: string
  readonly lines: readonly TextLine[]
  /** Executable line → its number. */
  readonly counts: ReadonlyMap<number, number>
  /** Lines that never ran, ascending. */
  readonly missing: readonly number[]
  /** Lines on which a branch starts of which a way was never taken, ascending; none where branches were not counted. */
  readonly partial: readonly number[]
  /** Executable line → the rules by which it counts. */
  readonly rules: ReadonlyMap<number, readonly string[]>
  /** In source order, but for the module itself. */
  readonly functions: readonly ListedFunction[]
}

export interface ListedFunction {
  readonly name: string
  readonly line: number
  readonly end: number
  readonly calls: number
}

export function openedSource(listed: ListedSource, data: SourceData): OpenedSource {
  const results = resultsOf(listed, data)
  const { hash, path } = listed
  const text = (data.text ?? '').replace(/^\uFEFF/, '')
  const counts = results.lineCounts(path, hash)
  const sites = results.sources().map((source) => source.sites)
  const ends = new Map(sites.flatMap(({ functions }) => functions.map((one) => [one.name, one] as const)))
  const rules = new Map<number, string[]>()
  for (const { line, rule } of sites.flatMap((table) => table.lines)) {
    const known = rules.get(line) ?? []
    if (!known.includes(rule)) rules.set(line, [...known, rule])
  }
  return {
    listed,
    data,
    text,
    lines: data.text === undefined ? blankLines(counts) : textLines(text),
    counts,
    missing: results.missingLines(path, hash),
    partial: results.partialLines(path, hash),
    rules,
    functions: results
      .functions(path, hash)
      .filter(({ name }) => name !== '<module>')
      .map(({ calls, line, name }) => ({
        name,
        line,
        end: (ends.get(name) as FunctionSite).end.line,
        calls,
      })),
  }
}

/** Where a text is not to be had, its numbers still are. */
function blankLines(counts: ReadonlyMap<number, number>): TextLine[] {
  const last = Math.max(0, ...counts.keys())
  return Array.from({ length: last }, () => ({ from: 0, to: 0 }))
}

/** The innermost function that a line is in; undefined for the module itself. */
export function functionAt({ functions }: OpenedSource, line: number): ListedFunction | undefined {
  return functions.findLast((one) => one.line <= line && line <= one.end)
}

/** Which contexts ran a line, as `tstrace tests` answers it. */
export function testsOfLine(
  { data, listed }: OpenedSource,
  contexts: readonly Context[],
  line: number,
): TestsAnswer {
  const results = resultsOf(listed, data, contexts.map(contextKey))
  const recording: Recording = {
    file: '',
    runs: [],
    labels: [],
    contexts: () => contexts,
    versions: () => [listed],
    results: () => results,
    text: () => undefined,
    stateOf: () => 'same',
  }
  const { hash, path } = listed
  return answerTests(recording, { kind: 'lines', path, hash, from: line, to: line })
}

/** @param keys of the contexts by their numbers. Default: what is known of contexts is left out */
function resultsOf(
  { hash, path }: ListedSource,
  data: SourceData,
  keys?: readonly string[],
): CoverageResults {
  const results = new CoverageResults()
  for (const { counted, counters, sites } of data.tables) {
    const { contexts, counts } = counted[SHOWN] as (typeof counted)[number]
    const source = { path, hash, sites: unpackSiteTable(sites, counters), counts: Float64Array.from(counts) }
    const own = results.addSource(source)
    if (keys && contexts) results.recorded.addSourceOf(own, new ContextCounts(keptFrom(contexts, keys)))
  }
  return results
}
