import { createHash, type Hash } from 'node:crypto'
import { TstraceError } from '../errors.ts'
import { codePointOrder } from '../results/code-point-order.ts'
import type { CoverageResults } from '../results/coverage-results.ts'
import { packSiteTable } from '../results/packed-site-table.ts'
import type { CallEdge, SourceCounts } from '../results/results-data.ts'
import type { SiteTable } from '../results/site-table.ts'
import { type CountsHeader, RUN_KEYS, type RunRecord } from './run-record.ts'

/** First field of every counts file. */
export const COUNTS_FORMAT = 'tstrace-counts'

/** The version written; every change of the format raises it. */
export const COUNTS_VERSION = 1

/** Of one path under one label. Fewer than can be read, so that what is written can. */
const MOST_VERSIONS = 1000

/** What was counted under each label; the label '' is that of runs without one. */
export type LabelledResults = ReadonlyMap<string, CoverageResults>

/** What was counted of one path under one label. */
export interface PathCounts {
  readonly path: string
  readonly label: string
  /** Of this path; one for each text and site table. */
  readonly sources: readonly SourceCounts[]
  /** Into functions of this path. */
  readonly edges: readonly CallEdge[]
}

/** Makes the lines of a counts file, in their order, and the trailer that proves that they are all there. */
export class CountsLines {
  readonly #hash: Hash = createHash('sha256')
  #lines = 0

  /** The lines before the first record. Runs are sorted by id; a run that is there twice is written once. */
  head({ base, project }: CountsHeader, runs: readonly RunRecord[]): string {
    const byId = new Map(runs.map((run) => [run.id, run]))
    const ids = [...byId.keys()].sort()
    return this.#taken([
      `${COUNTS_FORMAT}\t${COUNTS_VERSION}\t${JSON.stringify({ project, base })}`,
      ...ids.map((id) => `run\t${JSON.stringify(byId.get(id), [...RUN_KEYS])}`),
    ])
  }

  /**
   * What was counted of one path under one label; both must come in code-point order.
   *
   * @throws TstraceError `TST_COUNTS_TOO_LARGE` for more versions of a source than a file may hold
   */
  records({ path, label, sources, edges }: PathCounts): string {
    if (sources.length > MOST_VERSIONS) throw tooManyVersions(path)
    const start = `${JSON.stringify(path)}\t${JSON.stringify(label)}`
    const lines = sources
      .map(({ counts, hash, sites }) => ({ hash, counts, sites: sitesText(sites) }))
      .sort((a, b) => codePointOrder(a.hash, b.hash) || codePointOrder(a.sites, b.sites))
      .map(({ counts, hash, sites }) => `source\t${start}\t${hash}\t[${counts.join(',')}]\t${sites}`)
    if (edges.length > 0)
      lines.push(`calls\t${start}\t${JSON.stringify(edges.map(callRow).sort(compareRows))}`)
    return this.#taken(lines)
  }

  /** The last line. */
  end(): string {
    return `end\t${this.#lines}\t${this.#hash.digest('hex')}\n`
  }

  #taken(lines: readonly string[]): string {
    this.#lines += lines.length
    const text = lines.map((line) => `${line}\n`).join('')
    this.#hash.update(text)
    return text
  }
}

/** Divides results by path and label, in code-point order. */
export function byPath(counted: LabelledResults): PathCounts[] {
  const parts = new Map<string, { path: string; label: string; sources: SourceCounts[]; edges: CallEdge[] }>()
  const partOf = (path: string, label: string) => {
    const key = JSON.stringify([path, label])
    const part = parts.get(key) ?? { path, label, sources: [], edges: [] }
    parts.set(key, part)
    return part
  }
  for (const [label, results] of counted) {
    for (const source of results.sources()) partOf(source.path, label).sources.push(source)
    for (const edge of results.edges()) partOf(edge.callee.path, label).edges.push(edge)
  }
  return [...parts.values()].sort(
    (a, b) => codePointOrder(a.path, b.path) || codePointOrder(a.label, b.label),
  )
}

/** Name of the callee, path and name of the caller, calls, resumptions. */
export type CallRow = readonly [string, string, string, number, number]

function callRow({ caller, callee, calls, resumptions }: CallEdge): CallRow {
  return [callee.name, caller.path, caller.name, calls, resumptions]
}

/** By callee, then by caller, in code-point order; 0 for rows that are about the same pair. */
export function compareRows(a: CallRow, b: CallRow): number {
  return codePointOrder(a[0], b[0]) || codePointOrder(a[1], b[1]) || codePointOrder(a[2], b[2])
}

function tooManyVersions(path: string): TstraceError {
  const message = `${path} was counted in more than ${MOST_VERSIONS} versions.`
  return new TstraceError('TST_COUNTS_TOO_LARGE', `${message} Start with a new file.`)
}

const texts = new WeakMap<SiteTable, string>()

/** Tables are frozen, and a run that accumulates writes the same ones again and again. */
function sitesText(table: SiteTable): string {
  const known = texts.get(table)
  if (known !== undefined) return known
  const text = JSON.stringify(packSiteTable(table))
  texts.set(table, text)
  return text
}
