import { CoverageResults } from '../results/coverage-results.ts'
import { eventLoop, type FunctionReference } from '../results/results-data.ts'
import type { KnownTable } from '../results/site-table.ts'
import type { Counted, CountedEdge, CountedSource } from './counted.ts'
import { decodeFrames } from './frame.ts'

/**
 * Finds the site table of a counted source: from the transform of this run, or made again from the source on
 * disk. Undefined where neither gives the source's `id`, because the source has changed.
 */
export type TableFor = (source: Pick<CountedSource, 'id' | 'path'>) => KnownTable | 'deleted' | undefined

/** What the workers of a run counted, added up. */
export interface Collected {
  readonly results: CoverageResults
  /** One sentence for each thing that is missing from the results. */
  readonly problems: readonly string[]
}

/**
 * Adds up what workers have counted, as numbers only; what they mean is looked up once, at the end.
 * Adding is cheap and keeps nothing per test file.
 */
export class Collector {
  readonly #sources = new Map<string, CountedSource>()
  readonly #edges = new Map<string, CountedEdge>()
  readonly #problems = new Set<string>()

  /**
   * Adds the frames of one worker.
   *
   * @param bytes what the worker wrote
   * @param from a name for the worker in messages
   */
  add(bytes: Uint8Array, from: string): void {
    const { frames, rest } = decodeFrames(bytes)
    for (const frame of frames) this.addCounted(frame)
    if (rest === 0) return
    this.#problems.add(
      `The last ${rest} bytes from ${from} are not complete: the process was stopped while it wrote. ` +
        'What ran just before is missing from the counts; run again to have it.',
    )
  }

  /** Adds counts that did not travel as bytes. */
  addCounted({ sources, edges, problems = [] }: Counted): void {
    for (const problem of problems) this.#problems.add(problem)
    for (const source of sources) {
      const known = this.#sources.get(source.id)
      if (known) addTo(known.counts, source.counts)
      else this.#sources.set(source.id, { ...source, counts: source.counts.slice() })
    }
    for (const edge of edges) {
      const key = `${edge.callerId}:${edge.callerFunction}>${edge.calleeId}:${edge.calleeFunction}`
      const known = this.#edges.get(key)
      const calls = edge.calls + (known?.calls ?? 0)
      const resumptions = edge.resumptions + (known?.resumptions ?? 0)
      this.#edges.set(key, { ...edge, calls, resumptions })
    }
  }

  /**
   * The results of everything added so far; may be asked for again after more was added.
   *
   * @param tableFor where site tables come from for sources whose code did not carry one
   */
  finish(tableFor: TableFor): Collected {
    const results = new CoverageResults()
    const problems = [...this.#problems]
    const tables = new Map<string, KnownTable & { path: string }>()
    for (const source of this.#sources.values()) {
      const table = source.table === undefined ? tableFor(source) : readTable(source.table)
      if (table === 'deleted') {
        problems.push(deletedSource(source.path))
        continue
      }
      if (!table || table.sites.counters !== source.counts.length) {
        problems.push(unknownSource(source.path))
        continue
      }
      tables.set(source.id, { ...table, path: source.path })
      results.addSource({ path: source.path, hash: table.hash, sites: table.sites, counts: source.counts })
    }
    for (const edge of this.#edges.values()) {
      const caller = functionOf(tables, edge.callerId, edge.callerFunction)
      const callee = functionOf(tables, edge.calleeId, edge.calleeFunction)
      if (!caller || !callee) continue
      results.addEdge({ caller, callee, calls: edge.calls, resumptions: edge.resumptions })
    }
    return { results, problems }
  }
}

function addTo(sum: Float64Array, counts: Float64Array): void {
  for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] as number) + (counts[at] ?? 0)
}

/** The table that a source carried, or undefined where it is damaged. */
function readTable(text: string): KnownTable | undefined {
  try {
    const table = JSON.parse(text) as Partial<KnownTable> | null
    return table?.sites && table.hash !== undefined ? (table as KnownTable) : undefined
  } catch {
    return undefined
  }
}

function deletedSource(path: string): string {
  return (
    `${path} was deleted before the report was made, so its counts are left out: nothing says any more which lines they are of. ` +
    'Leave out what is made and deleted by the run with `ignoreDir` or `--ignore-dir`.'
  )
}

function unknownSource(path: string): string {
  return (
    `${path} is not the text that ran any more, so its counts are left out: they would stand on the wrong lines. ` +
    'Run again to count the text as it is now.'
  )
}

function functionOf(
  tables: ReadonlyMap<string, KnownTable & { path: string }>,
  id: string,
  index: number,
): FunctionReference | undefined {
  if (id === '') return eventLoop
  const table = tables.get(id)
  const found = table?.sites.functions[table.functions?.[index] ?? index]
  return table && found && { path: table.path, name: found.name }
}
