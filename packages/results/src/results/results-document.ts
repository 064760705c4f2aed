import { lineCounts, lineNumbers, missingLines } from './line-numbers.ts'
import { LongText } from './long-text.ts'
import { type PackedSiteTable, packSiteTable } from './packed-site-table.ts'
import type { CallEdge, ResultsData, SourceCounts } from './results-data.ts'
import { functionBytes, siteTableBytes, visitFunctions } from './written-table.ts'

/** The value of a results file; every field is described in `docs/reference/results-file.md`. */
export interface ResultsDocument {
  readonly format: typeof resultsFormat
  readonly version: typeof resultsVersion
  readonly sources: readonly SourceRecord[]
  readonly edges: readonly CallEdge[]
}

/** What a results file says about one version of one source file. */
export interface SourceRecord {
  readonly path: string
  readonly hash: string
  /** Executable line → its number. Follows from `counts`. */
  readonly lines: Readonly<Record<string, number>>
  /** The lines that never ran and carry no pragma. Follows from `counts`. */
  readonly missing: readonly number[]
  /** Every function with its calls, in source order. Follows from `counts`. */
  readonly functions: readonly FunctionRecord[]
  /** The raw counters. */
  readonly counts: readonly number[]
  /** What the counters stand for. */
  readonly sites: PackedSiteTable
}

export interface FunctionRecord {
  readonly name: string
  readonly line: number
  readonly calls: number
}

/** The `format` of every results file. */
export const resultsFormat = 'tstrace-results'

/** The version written; every change of the format, additions included, raises it. */
export const resultsVersion = 1

/** Puts results into the form of a results file. Sources and edges are written in the order given. */
export function resultsDocument({ sources = [], edges = [] }: ResultsData): ResultsDocument {
  return {
    format: resultsFormat,
    version: resultsVersion,
    sources: [...sources].map(sourceRecord),
    edges: [...edges],
  }
}

/** What a results file says about one entry of `CoverageResults.sources()`. */
function sourceRecord(source: SourceCounts): SourceRecord {
  return {
    path: source.path,
    hash: source.hash,
    ...countsPerPlace(source),
    counts: [...source.counts],
    sites: packSiteTable(source.sites),
  }
}

/** `sourceRecord` as JSON, in pieces; nothing in it is an object first. */
export function* sourceRecordText(source: SourceCounts): Generator<string | Uint8Array, void> {
  const { counts, hash, path, sites } = source
  const text = new LongText()
  text.add(`{"path":${JSON.stringify(path)},"hash":${JSON.stringify(hash)},"lines":{`)
  const numbers = lineNumbers([source])
  for (let at = 0; at < numbers.lines.length; at++) {
    text.add(at === 0 ? '"' : ',"')
    text.addNumber(numbers.lines[at] as number)
    text.add('":')
    text.addNumber(numbers.counts[at] as number)
  }
  text.add('},"missing":[')
  text.addNumbers(missingLines(numbers))
  text.add('],"functions":[')
  yield text.takeBytes()
  let isFirst = true
  const functions = functionBytes(sites)
  visitFunctions(functions, ({ counter, end, line, start }) => {
    text.add(isFirst ? '{"name":' : ',{"name":')
    text.addBytes(functions, start, end)
    text.add(',"line":')
    text.addNumber(line)
    text.add(',"calls":')
    text.addNumber(counts[counter] ?? 0)
    text.add('}')
    isFirst = false
  })
  text.add('],"counts":[')
  text.addNumbers(counts)
  text.add('],"sites":')
  yield text.takeBytes()
  yield siteTableBytes(sites)
  yield '}'
}

/** The part of a record that follows from counters and site table. */
export function countsPerPlace(source: SourceCounts): Pick<SourceRecord, 'lines' | 'missing' | 'functions'> {
  const lines = lineNumbers([source])
  return {
    lines: Object.fromEntries(lineCounts(lines)),
    missing: missingLines(lines),
    functions: source.sites.functions.map(({ name, line, counter }) => {
      return { name, line, calls: source.counts[counter] ?? 0 }
    }),
  }
}
