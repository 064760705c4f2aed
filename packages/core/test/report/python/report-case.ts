import { Buffer } from 'node:buffer'
import type { CallEdge, FunctionReference, LineSite, SourceCounts } from '@tstrace/results'
import { CoverageResults } from '@tstrace/results'
import { joined } from '../../../../results/test/joined.ts'
import { callRelations } from '../../../src/report/call-relations.ts'
import { coverListings } from '../../../src/report/cover-listings.ts'
import { functionList } from '../../../src/report/function-list.ts'
import { type SummaryRow, summaryTable } from '../../../src/report/summary.ts'

/** Data for a report, in a form that both tstrace and Python can be given. */
export interface ReportCase {
  readonly files: readonly ReportCaseFile[]
  readonly edges: readonly (readonly [caller: FunctionReference, callee: FunctionReference])[]
  /** Mark missing lines. */
  readonly missing: boolean
}

export interface ReportCaseFile {
  readonly path: string
  readonly text: string
  /** Executable lines and how often they ran. */
  readonly lines: readonly (readonly [line: number, count: number])[]
  /** Functions and how often they were called. */
  readonly functions: readonly (readonly [name: string, calls: number])[]
}

/** What came out: the text printed, and the bytes of the listings in base64, by module name. */
export interface Report {
  readonly printed: string
  readonly listings: Readonly<Record<string, string>>
}

/** The report of tstrace, in Python's order: functions, relations, listings, summary. */
export function reportOf({ files, edges, missing }: ReportCase): Report {
  const results = new CoverageResults({ sources: files.map(sourceOf), edges: edges.map(edgeOf) })
  const texts = new Map(files.map(({ path, text }) => [path, text]))
  const source = (path: string) => ({ text: texts.get(path) as string })
  const listings = coverListings(results, { source, missing })
  const lines = [...functionList(results), ...callRelations(results), ...summaryTable(listings.rows)]
  return {
    printed: joined(lines),
    listings: Object.fromEntries(listings.files.map(({ text }, i) => base64(listings.rows[i], joined(text)))),
  }
}

function base64(row: SummaryRow | undefined, text: string): [module: string, bytes: string] {
  return [row?.module ?? '', Buffer.from(text, 'utf8').toString('base64')]
}

/** Every line has its number from one counter and a second site that ran less often. */
function sourceOf({ path, text, lines, functions }: ReportCaseFile): SourceCounts {
  const texts = text.split(/\r\n|[\r\n]/)
  const sites = lines.flatMap(([line], i): LineSite[] => {
    const site = {
      line,
      rule: 'statement',
      ...(texts[line - 1]?.includes('#pragma NO COVER') ? { pragma: true as const } : {}),
    }
    return [
      { ...site, column: 0, counters: [2 * i] },
      { ...site, column: 9, counters: [2 * i + 1] },
    ]
  })
  const counts = [
    ...lines.flatMap(([, count]) => [count, Math.floor(count / 2)]),
    ...functions.map(([, calls]) => calls),
  ]
  const places = functions.map(([name], i) => {
    return { name, line: 1, column: 0, end: { line: 1, column: 1 }, counter: 2 * lines.length + i }
  })
  const table = { counters: counts.length, lines: sites, functions: places, branches: [] }
  return { path, hash: 'h', sites: table, counts: Float64Array.from(counts) }
}

function edgeOf([caller, callee]: ReportCase['edges'][number]): CallEdge {
  return { caller, callee, calls: 1, resumptions: 0 }
}

/** Says where two reports differ; empty when they are the same, byte for byte. */
export function differences(ours: Report, expected: Report): string[] {
  const modules = [...new Set([...Object.keys(ours.listings), ...Object.keys(expected.listings)])]
  const different = modules.filter((module) => ours.listings[module] !== expected.listings[module])
  const told = different.map((module) => {
    return `${module}.cover: ${shown(ours.listings[module])} instead of ${shown(expected.listings[module])}`
  })
  if (ours.printed === expected.printed) return told
  return [...told, `printed: ${JSON.stringify(ours.printed)} instead of ${JSON.stringify(expected.printed)}`]
}

function shown(bytes: string | undefined): string {
  return bytes === undefined ? 'no file' : JSON.stringify(Buffer.from(bytes, 'base64').toString('utf8'))
}
