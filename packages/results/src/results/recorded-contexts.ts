import { type Context, compareContexts, contextKey, sameContext } from './context.ts'
import { ContextCounts } from './context-counts.ts'
import { FunctionNumbers } from './function-numbers.ts'
import { otherPlaces, PairCounts } from './pair-counts.ts'
import type { CallEdge, SourceCounts } from './results-data.ts'

/** As in `PairCounts`. */
export interface CountedPairs {
  /** Undefined for one of which nothing is known; its counts are left out. */
  readonly pairs: readonly (FunctionPair | undefined)[]
  readonly counts: ContextCounts
}

/** A context, and what `contextKey` gives for it. */
export interface KeyedContext {
  readonly key: string
  readonly context: Context
}

export type FunctionPair = Pick<CallEdge, 'caller' | 'callee'>

/** Who called the functions of one path, in which contexts. */
type EdgesOfPath = PairCounts<FunctionPair>

/** In which contexts something was counted, where that was recorded: sources by counter, edges by their two numbers. */
export class RecordedContexts {
  readonly #known = new Map<string, Context>()
  /** As long as no other is noted. */
  #ordered: readonly KeyedContext[] | undefined
  readonly #sources = new Map<SourceCounts, ContextCounts>()
  readonly #edges = new Map<string, EdgesOfPath>()
  readonly #functions = new FunctionNumbers()
  /** What is in files and nobody has asked for. */
  readonly #unreadSources = new Map<SourceCounts, () => ContextCounts>()
  readonly #unreadEdges = new Map<string, () => CountedPairs>()

  /** In their order. */
  list(): Context[] {
    return this.ordered().map(({ context }) => context)
  }

  /** As `list`, with their keys. */
  ordered(): readonly KeyedContext[] {
    this.#ordered ??= [...this.#known]
      .map(([key, context]) => ({ key, context }))
      .sort((a, b) => compareContexts(a.context, b.context))
    return this.#ordered
  }

  /**
   * Makes a context known, also one in which nothing was counted.
   *
   * @returns its key
   */
  note(context: Context, key: string = contextKey(context)): string {
    const known = this.#known.get(key)
    this.#known.set(key, known ? sameContext(known, context) : context)
    this.#ordered = undefined
    return key
  }

  /** @param source the entry of the results whose counters they are */
  addSource(source: SourceCounts, counts: Float64Array, context: Context): void {
    this.#countsOf(source).add(this.note(context), countsByPlace(counts))
  }

  addEdge(edge: CallEdge, context: Context): void {
    const { callee, caller } = edge
    this.#edgesInto(callee.path).add(this.note(context), { caller, callee }, edge)
  }

  /**
   * Adds what is known of a source; the contexts have to be noted, too.
   *
   * @param contextFrom the key of a context of `counts`. Default: itself
   */
  addSourceOf(source: SourceCounts, counts: ContextCounts, contextFrom?: (context: string) => string): void {
    this.#countsOf(source).addAll(counts, { ...(contextFrom && { contextFrom }) })
  }

  /**
   * As `addSourceOf`, for the calls into functions of one path.
   *
   * @param pairs of each two places in `counts` the functions: first its calls, then its resumptions
   */
  addEdgesOf(path: string, { counts, pairs }: CountedPairs, contextFrom?: (context: string) => string): void {
    const own = this.#edgesInto(path)
    const places = [...pairs].map((pair) => pair && own.placeOf(pair))
    // So it is where nothing was there before, as when a run ends: nothing has to be taken apart then.
    const areSame = places.every((place, number) => place === number * 2)
    own.counts.addAll(counts, {
      ...(!areSame && { placeFrom: otherPlaces((number) => places[number]) }),
      ...(contextFrom && { contextFrom }),
    })
  }

  /** As `addSourceOf`, when somebody asks for it: of a file, few have to be read. Nobody else may change what is read. */
  addSourceLater(source: SourceCounts, read: () => ContextCounts): void {
    this.#readSource(source)
    this.#unreadSources.set(source, read)
  }

  #readSource(source: SourceCounts): void {
    const counts = this.#unreadSources.get(source)?.()
    if (!counts) return
    this.#unreadSources.delete(source)
    if (this.#sources.has(source)) this.addSourceOf(source, counts)
    else this.#sources.set(source, counts)
  }

  /** As `addEdgesOf`, when somebody asks for it. */
  addEdgesLater(path: string, read: () => CountedPairs): void {
    this.#readEdges(path)
    this.#unreadEdges.set(path, read)
  }

  #readEdges(path: string): void {
    const read = this.#unreadEdges.get(path)
    if (!read) return
    const edges = read()
    this.#unreadEdges.delete(path)
    const own = this.#edges.has(path) ? undefined : this.#numbered(edges)
    if (own) this.#edges.set(path, own)
    else this.addEdgesOf(path, edges)
  }

  #readAllEdges(): void {
    for (const path of [...this.#unreadEdges.keys()]) this.#readEdges(path)
  }

  /** The calls into functions of each path. */
  edges(): Iterable<CountedPairs> {
    this.#readAllEdges()
    return this.#edges.values()
  }

  /** Adds what another knows, but for its sources; of edges those into functions of paths that are taken. */
  update(other: RecordedContexts, isTaken: (path: string) => boolean): void {
    for (const [key, context] of other.#known) this.note(context, key)
    other.#readAllEdges()
    for (const [path, edges] of [...other.#edges]) if (isTaken(path)) this.addEdgesOf(path, edges)
  }

  /** The number of a line of a source in each context in which it ran. */
  *ofLine(source: SourceCounts, line: number): Generator<[context: string, count: number]> {
    const counts = this.ofSource(source)
    const sites = source.sites.lines.filter((site) => site.line === line)
    if (!counts || sites.length === 0) return
    for (const { contexts, counts: ran } of counts.having(new Set(sites.flatMap((site) => site.counters)))) {
      const numbers = sites.map(({ counters }) =>
        counters.reduce((sum, counter) => sum + (ran.get(counter) ?? 0), 0),
      )
      const count = numbers.reduce((most, number) => Math.max(most, number), 0)
      if (count > 0) for (const context of contexts) yield [context, count]
    }
  }

  /** Whether anything was recorded of a source, which does not read it. */
  hasSource(source: SourceCounts): boolean {
    return this.#sources.has(source) || this.#unreadSources.has(source)
  }

  /** By counter; undefined where nothing was recorded. */
  ofSource(source: SourceCounts): ContextCounts | undefined {
    this.#readSource(source)
    return this.#sources.get(source)
  }

  /** Of some edges into functions of a path, by twice their place in the list; undefined where nothing was recorded. */
  ofEdges(path: string, edges: readonly FunctionPair[]): ContextCounts | undefined {
    this.#readEdges(path)
    const known = this.#edges.get(path)
    if (!known) return undefined
    const places = new Map(edges.map((edge, number) => [known.placeOf(edge) / 2, number * 2]))
    const counts = new ContextCounts()
    counts.addAll(known.counts, { placeFrom: otherPlaces((number) => places.get(number)) })
    return counts
  }

  /** A source with what was counted in some contexts together. */
  sourceIn(source: SourceCounts, contexts: readonly string[]): SourceCounts {
    const counts = new Float64Array(source.counts.length)
    const counted = this.ofSource(source)
    for (const context of contexts)
      for (const [place, count] of counted?.of(context) ?? [])
        counts[place] = (counts[place] as number) + count
    return { ...source, counts }
  }

  /** Those of some sources of which anything was counted in one context, with these counts. */
  sourcesIn(sources: readonly SourceCounts[], context: string): SourceCounts[] {
    return sources.flatMap((source) =>
      this.ofSource(source)?.of(context).size ? [this.sourceIn(source, [context])] : [],
    )
  }

  /** The edges of one context. */
  edgesIn(context: string): CallEdge[] {
    this.#readAllEdges()
    return [...this.#edges.values()].flatMap((edges) =>
      Array.from(edges.in(context), ({ pair, ...counts }) => ({ ...pair, ...counts })),
    )
  }

  #countsOf(source: SourceCounts): ContextCounts {
    const known = this.ofSource(source) ?? new ContextCounts()
    this.#sources.set(source, known)
    return known
  }

  #edgesInto(path: string): EdgesOfPath {
    this.#readEdges(path)
    const known = this.#edges.get(path) ?? this.#pairCounts()
    this.#edges.set(path, known)
    return known
  }

  /** With their numbers as they are; undefined where a pair is not known, or there twice. */
  #numbered({ counts, pairs }: CountedPairs): EdgesOfPath | undefined {
    const own = this.#pairCounts(counts)
    return pairs.every((pair, number) => pair && own.placeOf(pair) === number * 2) ? own : undefined
  }

  #pairCounts(counts?: ContextCounts): EdgesOfPath {
    return new PairCounts((pair: FunctionPair) => this.#functions.ofPair(pair), counts)
  }
}

function* countsByPlace(counts: Float64Array): Generator<[place: number, count: number]> {
  for (let place = 0; place < counts.length; place++) {
    const count = counts[place] as number
    if (count !== 0) yield [place, count]
  }
}
