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
import { codePointOrder, functionNames } from '@tstrace/results/internal'
import { ContextSums, type RunLabel, type TestFileFacts, type TestFilePlace } from './context-sums.ts'
import type { Counted, CountedEdge, CountedSource } from './counted.ts'
import { EdgeSums, TOO_MANY_CALLS } from './edge-sums.ts'
import { fittingTable, readTable, type TableFor } from './fitting-table.ts'
import { eachFrame, type Frame, type FrameLabel, type FrameSource } from './frame.ts'
import { rowsOf } from './frame-edges.ts'
import { valueAt } from './value-at.ts'

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

/** What results are to be of. */
export interface Wanted extends TestFileFacts {
  /** Says of a source by its path whether its counters are; calls from and to its functions are in any case. Default: all */
  readonly isTaken?: (path: string) => boolean
}

/** What a collector keeps apart. */
interface Kept {
  /** What was running, for the results. Default: false. */
  readonly contexts?: boolean
  /** What each of several runs counted, for as long as the next ones count it again. Default: false. */
  readonly runs?: boolean
}

/** Adds up what workers have counted, as numbers only; what they mean is looked up once, at the end. */
export class Collector {
  readonly #sources = new Map<string, CountedSource>()
  /** As text, of the sources whose code carried one. */
  readonly #tables = new Map<string, string>()
  /** Ids of what the current run has counted. */
  readonly #current = new Set<string>()
  readonly #edges = new EdgeSums()
  readonly #problems = new Set<string>()
  readonly #losses = new Set<string>()
  readonly #contexts: ContextSums | undefined
  readonly #tellsContexts: boolean

  constructor({ contexts = false, runs = false }: Kept = {}) {
    this.#tellsContexts = contexts
    if (contexts || runs) this.#contexts = new ContextSums()
  }

  /**
   * Adds the frames of one worker.
   *
   * @param bytes what the worker wrote
   * @param from a name for the worker in messages
   */
  add(bytes: Uint8Array, from: string): void {
    const rest = eachFrame(bytes, (frame) => this.#addFrame(frame))
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
    const ids = new Set(edges.flatMap(({ calleeId, callerId }) => [calleeId, callerId]))
    ids.delete('')
    const places = new Map([...ids].map((id, place) => [id, place]))
    this.#addFrame({
      label: { testFile: '', project: '', context },
      ...(problems && { problems }),
      sources: sources.map((source) => ({ ...source, counters: source.counts.length })),
      edges: { ids: [...ids], rows: rowsOf(edges, (id) => places.get(id) ?? -1) },
    })
  }

  #addFrame(frame: Frame): void {
    const { edges, losses = [], problems, sources } = frame
    this.#note(problems)
    for (const loss of losses) this.#losses.add(loss)
    const numbers = this.#edges.add(edges)
    if (numbers.some((edge) => edge < 0)) this.#losses.add(TOO_MANY_CALLS)
    this.#contexts?.add(frame, numbers)
    for (const source of sources) addTo(this.#sumOf(source, source.counters), source)
  }

  /** Says of a test file that it failed before any of its tests ran. */
  noteFailedFile(testFile: TestFilePlace): void {
    this.#contexts?.noteFailedFile(testFile)
  }

  /** Begins again at zero. Tables are kept: a worker sends each of them only once. */
  clear(): void {
    this.#sources.clear()
    this.#edges.clear()
    this.#problems.clear()
    this.#losses.clear()
    this.#contexts?.clear()
  }

  /** What is counted from now on is of another run. What was said of the one before is forgotten. */
  beginRun(): void {
    this.#problems.clear()
    this.#losses.clear()
    this.#current.clear()
    this.#contexts?.beginRun()
  }

  /** Takes away what earlier runs counted in some contexts; only for a collector of runs. */
  forget(isForgotten: (label: FrameLabel) => boolean): void {
    this.#contexts?.forget(isForgotten, {
      source: (id, places) => takeFrom(this.#sources.get(id), places),
      edge: (edge, calls) => this.#edges.takeAway(edge, calls),
    })
    for (const id of this.#sources.keys()) if (!this.#contexts?.hasSource(id)) this.#sources.delete(id)
    for (const id of this.#tables.keys()) if (!this.#sources.has(id)) this.#tables.delete(id)
  }

  /** What was counted and not taken away again, and whether the current run has counted it, too. */
  *sources(): Generator<Pick<CountedSource, 'id' | 'path'> & { readonly isCurrent: boolean }> {
    for (const { id, path } of this.#sources.values()) yield { id, path, isCurrent: this.#current.has(id) }
  }

  /** Where each context is that is kept, with the run apart; only for a collector of runs. */
  labels(): Iterable<RunLabel> {
    return this.#contexts?.runLabels() ?? []
  }

  /** The test files that have counted something in a source; only for a collector of contexts or runs. */
  testFilesOf(id: string): TestFilePlace[] {
    return this.#contexts?.testFilesOf(id) ?? []
  }

  #note(problems: readonly string[] = []): void {
    for (const problem of problems) this.#problems.add(problem)
  }

  #sumOf({ id, path, table }: Omit<CountedSource, 'counts'>, counters: number): Float64Array {
    if (table !== undefined) this.#tables.set(id, table)
    this.#current.add(id)
    return valueAt(this.#sources, id, () => ({ id, path, counts: new Float64Array(counters) })).counts
  }

  /**
   * The results of everything added so far; may be asked for again after more was added.
   *
   * @param tableFor where site tables come from for sources whose code did not carry one
   * @param wanted with what is known of test files. Default: everything, and nothing is
   */
  finish(tableFor: TableFor, { isTaken = () => true, ...tests }: Wanted = {}): Collected {
    const results = new CoverageResults()
    const losses = [...this.#losses]
    const functions: NamedFunctions = new Map()
    const entries = new Map<string, SourceCounts>()
    for (const source of this.#sources.values()) {
      const carried = this.#tables.get(source.id)
      const table = fittingTable(source, carried === undefined ? tableFor(source) : readTable(carried))
      if (typeof table === 'string') {
        losses.push(table)
        continue
      }
      const { counts, path } = source
      try {
        if (isTaken(path))
          entries.set(source.id, results.addSource({ path, hash: table.hash, sites: table.sites, counts }))
        functions.set(source.id, functionsOf(path, table))
      } catch (error) {
        losses.push(sentenceOf(error))
      }
    }
    const pairs: (FunctionPair | undefined)[] = []
    for (const numbered of this.#edges.all()) {
      const pair = this.#pairOf(functions, numbered)
      pairs[numbered.edge] = pair
      if (!pair) continue
      const { calls, resumptions } = numbered
      addEdge(results, { caller: pair.caller, callee: pair.callee, calls, resumptions }, losses)
    }
    const meanings = {
      ...tests,
      sourceOf: (id: string) => entries.get(id),
      pairOf: (edge: number) => pairs[edge],
    }
    if (this.#tellsContexts) this.#contexts?.addTo(results.recorded, meanings)
    // Workers come in any order.
    return { results, losses, problems: [...[...this.#problems].sort(codePointOrder), ...losses] }
  }

  /** Undefined where nothing is known of one of the two. */
  #pairOf(functions: NamedFunctions, numbers: CountedEdge): FunctionPair | undefined {
    const { calleeFunction, calleeId, callerFunction, callerId } = numbers
    const callee = functions.get(calleeId)?.(calleeFunction)
    if (!callee) return undefined
    const caller = this.#callerOf(functions, callerId, callerFunction)
    return caller && { caller, callee }
  }

  #callerOf(functions: NamedFunctions, id: string, index: number): FunctionReference | undefined {
    if (id === '') return eventLoop
    const known = functions.get(id)?.(index)
    if (known) return known
    const [otherId, other] = this.#standIn(functions, id, index)
    return otherId === '' ? eventLoop : functions.get(otherId)?.(other)
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
      const [only, other] = this.#edges.callersOf(at).filter((caller) => !seen.has(caller.join(' ')))
      if (!only || other) return [id, index]
      at = only
    }
    return at
  }
}

function addTo(sum: Float64Array, { counts, places }: Pick<FrameSource, 'counts' | 'places'>): void {
  const most = Math.min(counts.length, places?.length ?? sum.length)
  for (let at = 0; at < most; at++) {
    const place = places?.[at] ?? at
    sum[place] = (sum[place] as number) + (counts[at] as number)
  }
}

function takeFrom(source: CountedSource | undefined, counted: ReadonlyMap<number, number>): void {
  if (!source) return
  for (const [place, count] of counted) source.counts[place] = (source.counts[place] as number) - count
}

function addEdge(results: CoverageResults, edge: CallEdge, problems: string[]): void {
  try {
    results.addEdge(edge)
  } catch (error) {
    problems.push(sentenceOf(error))
  }
}

/** What leads from the numbers of a source's functions to them, each one object; it keeps nothing else of the table. */
function functionsOf(
  path: string,
  { functions, sites }: KnownTable,
): (index: number) => FunctionReference | undefined {
  let references: readonly FunctionReference[] | undefined
  return (index) => {
    // Of most sources nobody asks: in a run without calls, of none.
    references ??= functionNames(sites).map((name) => ({ path, name }))
    return references[functions?.[index] ?? index]
  }
}
