import { EDGE } from '@tstrace/instrument/runtime'
import type { KnownTable } from '@tstrace/results'
import {
  type CallEdge,
  CoverageResults,
  eventLoop,
  type FunctionReference,
  type SourceCounts,
} from '@tstrace/results'
import { sentenceOf } from '@tstrace/results/errors'
import type { FunctionPair } from '@tstrace/results/internal'
import { checkSiteTable, codePointOrder, isHash, packSiteTable } from '@tstrace/results/internal'
import { printable } from '@tstrace/results/printable'
import { ContextSums, type NumberedPair, type TestFileFacts, type TestFilePlace } from './context-sums.ts'
import type { Counted, CountedEdge, CountedSource } from './counted.ts'
import { eachFrame, type FrameSource } from './frame.ts'
import { valueAt } from './value-at.ts'

/**
 * Finds the site table of a counted source: from the transform of this run, or made again from the source on
 * disk. Undefined where neither gives the source's `id`, because the source has changed; a text says why it cannot be read.
 */
export type TableFor = (
  source: Pick<CountedSource, 'id' | 'path'>,
) => KnownTable | 'deleted' | { readonly unreadable: string } | undefined

/** What the workers of a run counted, added up. */
export interface Collected {
  readonly results: CoverageResults
  /** One sentence for each thing that is missing from the results, or that somebody should know of them. */
  readonly problems: readonly string[]
  /** Those of the problems that mean that counts are missing. */
  readonly losses: readonly string[]
}

/** By id of the source: what a number of a function stands for, undefined for one that a compiler has made. */
type NamedFunctions = Map<string, (index: number) => FunctionReference | undefined>

/** By `callee's function * EDGE + caller's function`. */
interface EdgeSums {
  readonly calls: Map<number, number>
  readonly resumptions: Map<number, number>
}

/** Pairs of caller and callee in one run. A million of them takes 700 MB until it is reported. */
const MOST_DIFFERENT = 2 ** 22

const TOO_MANY_CALLS =
  `More than ${MOST_DIFFERENT} different pairs of caller and callee do not fit into memory: the calls of all that came afterwards ` +
  'are missing from the counts. Trace fewer files, or parts of the run one after the other.'

/** Adds up what workers have counted, as numbers only; what they mean is looked up once, at the end. */
export class Collector {
  readonly #sources = new Map<string, CountedSource>()
  /** As text, of the sources whose code carried one. */
  readonly #tables = new Map<string, string>()
  readonly #edges = new Map<string, Map<string, EdgeSums>>()
  /** Pairs of caller and callee. */
  #different = 0
  readonly #problems = new Set<string>()
  readonly #losses = new Set<string>()
  readonly #contexts: ContextSums | undefined

  /** @param contexts whether to keep what was running meanwhile. Default: false, and then it keeps nothing per test file */
  constructor({ contexts = false }: { readonly contexts?: boolean } = {}) {
    if (contexts) this.#contexts = new ContextSums()
  }

  /**
   * Adds the frames of one worker.
   *
   * @param bytes what the worker wrote
   * @param from a name for the worker in messages
   */
  add(bytes: Uint8Array, from: string): void {
    const rest = eachFrame(bytes, (frame) => {
      const { edges, losses = [], problems, sources } = frame
      this.#note(problems)
      for (const loss of losses) this.#losses.add(loss)
      this.#contexts?.add(frame)
      for (const source of sources) addTo(this.#sumOf(source, source.counters), source)
      for (const edge of edges) this.#addEdge(edge)
    })
    this.#contexts?.close()
    if (rest === 0) return
    this.#losses.add(
      `The last ${rest} bytes from ${from} are not complete. ` +
        'What ran just before is missing from the counts; run again to have it.',
    )
  }

  /**
   * Adds counts that did not travel as bytes.
   *
   * @param context what was running, as `RunningContexts` says it; none but for a collector of contexts
   */
  addCounted({ sources, edges, problems }: Counted, context?: string): void {
    this.#note(problems)
    const label = { testFile: '', project: '', context }
    const counted = sources.map((source) => ({ ...source, counters: source.counts.length }))
    this.#contexts?.add({ label, edges, sources: counted })
    for (const source of sources) addTo(this.#sumOf(source, source.counts.length), source)
    for (const edge of edges) this.#addEdge(edge)
  }

  /** Says of a test file that it failed before any of its tests ran. */
  noteFailedFile(testFile: TestFilePlace): void {
    this.#contexts?.noteFailedFile(testFile)
  }

  /** Begins again at zero. Tables are kept: a worker sends each of them only once. */
  clear(): void {
    this.#sources.clear()
    this.#edges.clear()
    this.#different = 0
    this.#problems.clear()
    this.#losses.clear()
    this.#contexts?.clear()
  }

  #note(problems: readonly string[] = []): void {
    for (const problem of problems) this.#problems.add(problem)
  }

  #sumOf({ id, path, table }: Omit<CountedSource, 'counts'>, counters: number): Float64Array {
    if (table !== undefined) this.#tables.set(id, table)
    return valueAt(this.#sources, id, () => ({ id, path, counts: new Float64Array(counters) })).counts
  }

  #addEdge({ calleeFunction, calleeId, callerFunction, callerId, calls, resumptions }: CountedEdge): void {
    const callers = valueAt(this.#edges, calleeId, () => new Map<string, EdgeSums>())
    const sums = valueAt(callers, callerId, () => ({ calls: new Map(), resumptions: new Map() }))
    const key = calleeFunction * EDGE + callerFunction
    const known = sums.calls.get(key)
    if (known === undefined && ++this.#different > MOST_DIFFERENT) {
      this.#losses.add(TOO_MANY_CALLS)
      return
    }
    sums.calls.set(key, (known ?? 0) + calls)
    if (resumptions > 0) sums.resumptions.set(key, (sums.resumptions.get(key) ?? 0) + resumptions)
  }

  /**
   * The results of everything added so far; may be asked for again after more was added.
   *
   * @param tableFor where site tables come from for sources whose code did not carry one
   * @param tests what is known of test files. Default: nothing
   */
  finish(tableFor: TableFor, tests: TestFileFacts = {}): Collected {
    const results = new CoverageResults()
    const losses = [...this.#losses]
    const functions: NamedFunctions = new Map()
    const entries = new Map<string, SourceCounts>()
    for (const source of this.#sources.values()) {
      const carried = this.#tables.get(source.id)
      const table = carried === undefined ? tableFor(source) : readTable(carried)
      if (table === 'deleted') {
        losses.push(deletedSource(source.path))
        continue
      }
      if (table && 'unreadable' in table) {
        losses.push(`${source.path} cannot be read again, so its counts are left out: ${table.unreadable}.`)
        continue
      }
      if (!table || table.sites.counters !== source.counts.length) {
        losses.push(unknownSource(source.path))
        continue
      }
      const { counts, path } = source
      try {
        entries.set(source.id, results.addSource({ path, hash: table.hash, sites: table.sites, counts }))
        functions.set(source.id, functionsOf(path, table))
      } catch (error) {
        losses.push(sentenceOf(error))
      }
    }
    for (const [calleeId, callers] of this.#edges)
      for (const [callerId, sums] of callers)
        for (const [key, calls] of sums.calls) {
          const pair = this.#pairOf(functions, numberedPair(calleeId, callerId, key))
          const resumptions = sums.resumptions.get(key) ?? 0
          if (pair) addEdge(results, { ...pair, calls, resumptions }, losses)
        }
    this.#contexts?.addTo(results.recorded, {
      ...tests,
      sourceOf: (id) => entries.get(id),
      pairOf: (pair) => this.#pairOf(functions, pair),
    })
    // Workers come in any order.
    return { results, losses, problems: [...[...this.#problems].sort(codePointOrder), ...losses] }
  }

  /** Undefined where nothing is known of one of the two. */
  #pairOf(functions: NamedFunctions, pair: NumberedPair): FunctionPair | undefined {
    const [id, index] = this.#standIn(functions, pair.callerId, pair.callerFunction)
    const caller = id === '' ? eventLoop : functions.get(id)?.(index)
    const callee = functions.get(pair.calleeId)?.(pair.calleeFunction)
    return caller && callee && { caller, callee }
  }

  /**
   * Who stands for a caller: itself, or where a compiler has made it, of which the source knows nothing, the only function that
   * calls it. Where several do, nothing says for whom it called.
   */
  #standIn(functions: NamedFunctions, id: string, index: number): [id: string, index: number] {
    const seen = new Set<string>()
    let at: [id: string, index: number] = [id, index]
    while (functions.has(at[0]) && !functions.get(at[0])?.(at[1])) {
      seen.add(at.join(' '))
      const [only, other] = this.#callersOf(at).filter((caller) => !seen.has(caller.join(' ')))
      if (!only || other) return [id, index]
      at = only
    }
    return at
  }

  #callersOf([calleeId, calleeFunction]: [id: string, index: number]): [id: string, index: number][] {
    return [...(this.#edges.get(calleeId) ?? [])].flatMap(([callerId, { calls }]) =>
      [...calls.keys()]
        .filter((key) => Math.floor(key / EDGE) === calleeFunction)
        .map((key): [string, number] => [callerId, key % EDGE]),
    )
  }
}

function addTo(sum: Float64Array, { counts, places }: Pick<FrameSource, 'counts' | 'places'>): void {
  const most = Math.min(counts.length, places?.length ?? sum.length)
  for (let at = 0; at < most; at++) {
    const place = places?.[at] ?? at
    sum[place] = (sum[place] as number) + (counts[at] as number)
  }
}

function numberedPair(calleeId: string, callerId: string, key: number): NumberedPair {
  return { calleeId, callerId, calleeFunction: Math.floor(key / EDGE), callerFunction: key % EDGE }
}

function addEdge(results: CoverageResults, edge: CallEdge, problems: string[]): void {
  try {
    results.addEdge(edge)
  } catch (error) {
    problems.push(sentenceOf(error))
  }
}

/** The table that a source carried, or undefined where it is damaged. */
function readTable(text: string): KnownTable | undefined {
  try {
    const table = JSON.parse(text) as KnownTable
    const { counters } = table.sites
    checkSiteTable(packSiteTable(table.sites), 'its table', counters)
    return isHash(table.hash) ? table : undefined
  } catch {
    return undefined
  }
}

function deletedSource(path: string): string {
  return (
    `${printable(path)} was deleted before the report was made, so its counts are left out: nothing says any more which lines they are of. ` +
    'Leave out what is made and deleted by the run with `ignoreDir` or `--ignore-dir`.'
  )
}

function unknownSource(path: string): string {
  return (
    `${printable(path)} is not the text that ran any more, so its counts are left out: they would stand on the wrong lines. ` +
    'Run again to count the text as it is now.'
  )
}

/** What leads from the numbers of a source's functions to their names; it keeps nothing else of the table. */
function functionsOf(
  path: string,
  { functions, sites }: KnownTable,
): (index: number) => FunctionReference | undefined {
  const names = sites.functions.map(({ name }) => name)
  return (index) => {
    const name = names[functions?.[index] ?? index]
    return name === undefined ? undefined : { path, name }
  }
}
