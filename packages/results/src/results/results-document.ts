import { lineCounts, missingLines, pragmaLines } from './line-counts.ts'
import { type PackedSiteTable, packSiteTable } from './packed-site-table.ts'
import type { CallEdge, ResultsData, SourceCounts } from './results-data.ts'
import { siteTableText } from './site-table-text.ts'

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
export function sourceRecord(source: SourceCounts): SourceRecord {
  return {
    path: source.path,
    hash: source.hash,
    ...countsPerPlace(source),
    counts: [...source.counts],
    sites: packSiteTable(source.sites),
  }
}

/** `sourceRecord` as JSON, in pieces; nothing in it is an object first. */
export function* sourceRecordText(source: SourceCounts): Generator<string, void> {
  const { counts, hash, path, sites } = source
  const lines = lineCounts(source)
  yield `{"path":${JSON.stringify(path)},"hash":${JSON.stringify(hash)},"lines":{`
  let text = ''
  for (const [line, count] of lines) text += `${text === '' ? '' : ','}"${line}":${count}`
  yield `${text}},"missing":[${missingLines(lines, pragmaLines(source)).join(',')}],"functions":[`
  text = ''
  for (const { counter, line, name } of sites.functions) {
    const calls = counts[counter] ?? 0
    text += `${text === '' ? '' : ','}{"name":${JSON.stringify(name)},"line":${line},"calls":${calls}}`
  }
  yield `${text}],"counts":[${counts.join(',')}],"sites":`
  yield siteTableText(sites)
  yield '}'
}

/** The part of a record that follows from counters and site table. */
export function countsPerPlace(source: SourceCounts): Pick<SourceRecord, 'lines' | 'missing' | 'functions'> {
  const lines = lineCounts(source)
  return {
    lines: Object.fromEntries(lines),
    missing: missingLines(lines, pragmaLines(source)),
    functions: source.sites.functions.map(({ name, line, counter }) => {
      return { name, line, calls: source.counts[counter] ?? 0 }
    }),
  }
}
