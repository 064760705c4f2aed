import { TstraceError } from '../errors.ts'
import { CallEdges } from './call-edges.ts'
import { type Context, compareContexts, contextKey } from './context.ts'
import { CountedSources } from './counted-sources.ts'
import { functionPattern } from './function-pattern.ts'
import { type LineNumbers, lineCounts, lineNumbers, missingLines } from './line-numbers.ts'
import { partialLines } from './partial-lines.ts'
import { type ReadOptions, readResults } from './read-results.ts'
import { RecordedContexts } from './recorded-contexts.ts'
import type {
  CallEdge,
  ContextCount,
  FunctionCalls,
  FunctionReference,
  ResultsData,
  SourceCounts,
  SourceVersion,
} from './results-data.ts'
import { type ResultsDocument, resultsDocument } from './results-document.ts'
import { compareSources, isSameText } from './source-order.ts'

/**
 * What one or many runs counted: plain data that can be added up, asked and written.
 *
 * Counts belong to one text of a source file (`path` and `hash`): another text under the same path is
 * another version and is kept apart. Everything added is copied.
 */
export class CoverageResults {
  readonly #sources = new CountedSources()
  readonly #edges = new CallEdges()
  /** @internal What was counted in which context. */
  readonly recorded: RecordedContexts = new RecordedContexts()

  /** @throws TstraceError what `addSource` and `addEdge` throw */
  constructor(data: ResultsData = {}) {
    for (const source of data.sources ?? []) this.addSource(source)
    for (const edge of data.edges ?? []) this.addEdge(edge)
  }

  /**
   * Adds the counts of one source file, counter by counter. All zeros are welcome: they say that the file
   * belongs to the report although nothing of it ran.
   *
   * @param context what was running meanwhile. Default: that was not recorded
   * @throws TstraceError `TST_COUNTS_LENGTH` when there is not one count per counter of the site table;
   * `TST_COUNTS_TOO_LARGE` when a count or a sum is not a whole number up to 2^53 - 1; `TST_RESULTS_PATH` or
   * `TST_RESULTS_HASH` for a source that no file of results can name. Nothing is added then.
   * @returns the sum of everything that was added for this text and site table, as `sources()` has it
   */
  addSource(source: SourceCounts, context?: Context): SourceCounts {
    const own = this.#sources.add(source)
    if (context) this.recorded.addSource(own, source.counts, context)
    return own
  }

  /**
   * Adds the calls and resumptions from one function to another.
   *
   * @param context as for `addSource`
   * @throws TstraceError `TST_COUNTS_TOO_LARGE` when a sum is not a whole number up to 2^53 - 1; `TST_RESULTS_PATH` for a
   * function of a source that no file of results can name. Nothing is added then.
   */
  addEdge(edge: CallEdge, context?: Context): void {
    this.#edges.add(edge)
    if (context) this.recorded.addEdge(edge, context)
  }

  /**
   * Adds everything that `other` counted. The order of updates makes no difference; `other` stays as it is.
   *
   * @param isTaken says of a source by its path whether to add its counters. Default: all
   * @param areCallsTaken the same of the calls into its functions
   */
  update(other: CoverageResults, isTaken: Choice = all, areCallsTaken: Choice = all): void {
    for (const source of other.added()) {
      if (!isTaken(source.path)) continue
      const own = this.#sources.add(source)
      const counts = other.recorded.ofSource(source)
      if (counts) this.recorded.addSourceOf(own, counts)
    }
    for (const edge of other.#edges) if (areCallsTaken(edge.callee.path)) this.addEdge(edge)
    this.recorded.update(other.recorded, areCallsTaken)
  }

  /** Makes a context known in which nothing may have been counted. */
  addContext(context: Context): void {
    this.recorded.note(context)
  }

  /** What was running, where that was recorded: what was imported, hooks, tests; by test file. */
  contexts(): Context[] {
    return this.recorded.list()
  }

  /** What was counted in one context alone; nothing for a context that is not among `contexts()`. */
  of(context: Context): CoverageResults {
    const key = contextKey(context)
    const results = new CoverageResults()
    for (const source of this.recorded.sourcesIn(this.sources(), key)) results.addSource(source)
    for (const edge of this.recorded.edgesIn(key)) results.addEdge(edge)
    return results
  }

  /**
   * The contexts in which a line ran: each with its number there, the largest first. Parameters and errors as for
   * `lineCounts`; a line that is not executable has none.
   *
   * @param line 1-based
   */
  testsOf(path: string, line: number, hash?: string): ContextCount[] {
    const sources = this.#sources.textOf(path, hash)
    const counts = new Map(sources.flatMap((source) => [...this.recorded.ofLine(source, line)]))
    if (sources.length > 1)
      for (const key of counts.keys()) {
        const own = lineCounts(lineNumbers(this.recorded.sourcesIn(sources, key)))
        counts.set(key, own.get(line) ?? 0)
      }
    const found = this.contexts().flatMap((context) => {
      const count = counts.get(contextKey(context)) ?? 0
      return count > 0 ? [{ context, count }] : []
    })
    return found.sort((a, b) => b.count - a.count || compareContexts(a.context, b.context))
  }

  /** As `sources`, path by path in the order in which they were added. */
  added(): Iterable<SourceCounts> {
    return this.#sources
  }

  /**
   * The counters of every source file, sorted by path and hash. One text counted with two different site
   * tables (say, with and without branches) has one entry for each.
   */
  sources(): SourceCounts[] {
    return [...this.#sources].sort(compareSources)
  }

  /** Of every source and of every function that called or was called, each once. */
  paths(): ReadonlySet<string> {
    return new Set([...this.#sources.paths(), ...this.#edges.paths()])
  }

  /** Every text that was counted, sorted by path and hash; a path with several texts is there several times. */
  versions(): SourceVersion[] {
    const sources = this.sources()
    return sources
      .filter((source, i) => !isSameText(source, sources[i - 1]))
      .map(({ path, hash }) => ({ path, hash }))
  }

  /**
   * The number of every executable line of a source file: how often execution arrived at what starts there.
   *
   * @param hash which text of the file; needed only where several were counted.
   * @returns line (1-based) → count, lines ascending.
   * @throws TstraceError `TST_NOT_COUNTED` for a file, or a text of one, that was not counted; `TST_SEVERAL_VERSIONS` when
   * several texts were counted and `hash` does not say which.
   */
  lineCounts(path: string, hash?: string): Map<number, number> {
    return lineCounts(this.lineNumbers(path, hash))
  }

  /** @internal As `lineCounts`, for those who go through all sources. */
  lineNumbers(path: string, hash?: string): LineNumbers {
    return lineNumbers(this.#sources.textOf(path, hash))
  }

  /**
   * The executable lines (1-based, ascending) of a source file that never ran and carry no
   * `#pragma NO COVER`. Parameters and errors as for `lineCounts`.
   */
  missingLines(path: string, hash?: string): number[] {
    return missingLines(this.lineNumbers(path, hash))
  }

  /**
   * The lines (1-based, ascending) of a source file that ran, and on which a branch starts of which a way was never taken;
   * none where branches were not counted. Parameters and errors as for `lineCounts`.
   */
  partialLines(path: string, hash?: string): number[] {
    const sources = this.#sources.textOf(path, hash)
    if (sources.every(({ sites }) => sites.branches.length === 0)) return []
    return partialLines(sources, this.lineCounts(path, hash))
  }

  /**
   * Every function of a source file with the number of its calls, in source order; the module itself is
   * `<module>`. Parameters and errors as for `lineCounts`.
   */
  functions(path: string, hash?: string): FunctionCalls[] {
    const byName = new Map<string, FunctionCalls>()
    for (const source of this.#sources.textOf(path, hash)) {
      for (const { name, line, counter } of source.sites.functions) {
        const calls = (source.counts[counter] ?? 0) + (byName.get(name)?.calls ?? 0)
        byName.set(name, { path, hash: source.hash, name, line, calls })
      }
    }
    return [...byName.values()]
  }

  /** Every function that was called at least once, by path, hash and place in the source. */
  calledFunctions(): FunctionCalls[] {
    return this.versions()
      .flatMap(({ path, hash }) => this.functions(path, hash))
      .filter(({ calls }) => calls > 0)
  }

  /**
   * How often functions were called, all together.
   *
   * @param pattern `parse`, `src/parse.ts:parse`, `src.parse.Parser.*`, a source or a folder for all in it; `*` stands for
   * anything
   * @throws TstraceError `TST_NOT_COUNTED` for a pattern that means no function that was counted
   */
  calls(pattern: string): number {
    const isMeant = functionPattern(pattern)
    let [calls, found] = [0, false]
    for (const { counts, path, sites } of this.#sources)
      for (const { counter, name } of sites.functions)
        if (isMeant({ path, name })) {
          calls += counts[counter] ?? 0
          found = true
        }
    if (!found) throw noFunction(pattern)
    return calls
  }

  /** Every pair of caller and callee, sorted by caller and callee in code-point order. */
  edges(): CallEdge[] {
    return [...this.#edges.sorted()]
  }

  /** How often `caller` called `callee`; undefined if it never did. */
  edge(caller: FunctionReference, callee: FunctionReference): CallEdge | undefined {
    return this.#edges.get(caller, callee)
  }

  /** The edges into a function: who called it. */
  callersOf({ path, name }: FunctionReference): CallEdge[] {
    return this.#edges.sorted().filter(({ callee }) => callee.path === path && callee.name === name)
  }

  /** The edges out of a function: whom it called. */
  calleesOf({ path, name }: FunctionReference): CallEdge[] {
    return this.#edges.sorted().filter(({ caller }) => caller.path === path && caller.name === name)
  }

  /** True for names like `<string>` that stand for no file, as in Python's `is_ignored_filename`. */
  isIgnoredFilename(name: string): boolean {
    return name.startsWith('<') && name.endsWith('>')
  }

  /** The results as the value of a results file (`docs/reference/results-file.md`). */
  toJSON(): ResultsDocument {
    return resultsDocument({ sources: this.sources(), edges: this.edges() })
  }

  /**
   * Reads what `toJSON` made, from text or as a value. Nothing in it is trusted.
   *
   * @throws TstraceError `TST_RESULTS_DAMAGED`, `TST_RESULTS_FOREIGN`, `TST_RESULTS_NEWER` or
   * `TST_RESULTS_PATH`, naming the file and what is wrong.
   */
  static fromJSON(input: unknown, options: ReadOptions = {}): CoverageResults {
    return new CoverageResults(readResults(input, options))
  }
}

function noFunction(pattern: string): TstraceError {
  const message = `No function that was counted is meant by "${pattern}".`
  const advice = 'Name one as `parse`, `src/parse.ts:parse` or `src.parse.*`, or a source.'
  return new TstraceError('TST_NOT_COUNTED', `${message} ${advice}`)
}

/** Says of a path whether it is among those that are meant. */
type Choice = (path: string) => boolean

function all(_path: string): boolean {
  return true
}
