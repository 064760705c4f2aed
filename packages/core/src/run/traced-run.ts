import { resolve } from 'node:path'
import { setImmediate as nextMacrotask } from 'node:timers/promises'
import { Collector } from '../collect/collector.ts'
import type { InstrumentedCompiled } from '../compiled/instrument-compiled.ts'
import { accumulate, countsText } from '../counts-file/accumulate.ts'
import { identifyProject, identifyRun } from '../counts-file/identify-run.ts'
import { labelText } from '../counts-file/label-text.ts'
import type { CountsHeader, RunRecord } from '../counts-file/run-record.ts'
import { sentenceOf } from '../errors.ts'
import { findSources } from '../filter/find-sources.ts'
import { outsideSentence } from '../filter/outside-sources.ts'
import { unmatchedFilters } from '../filter/unmatched-filters.ts'
import type { Instrumented } from '../instrument/instrument.ts'
import type { Compiler } from '../instrument/mapped-tokens.ts'
import type { TraceOrders } from '../live/trace-orders.ts'
import { codeOptions } from '../options/code-options.ts'
import type { ResolvedOptions, TstraceOptions } from '../options/tstrace-options.ts'
import { CoverageResults } from '../results/coverage-results.ts'
import { absolutePath, pathFromRoot } from '../source-file/path-from-root.ts'
import { sourceKind } from '../source-file/source-kind.ts'
import { addUnloaded } from './add-unloaded.ts'
import { BUILD } from './build.ts'
import { type CompiledCode, SourceTables } from './source-tables.ts'
import type { TestFiles } from './test-files.ts'
import { type TracedFiles, tracedFilesOf } from './traced-files.ts'
import { verdictLines } from './verdict-lines.ts'
import { type WorkerBytes, WorkerFiles } from './worker-files.ts'
import { type Report, writeReport } from './write-report.ts'

/** What ends a run: its own end, or the end of the process before it. */
export type RunEnd = 'finished' | 'interrupted'

export interface TracedRunInput {
  /** Absolute path of the project root. */
  readonly root: string
  readonly options: ResolvedOptions
  readonly tests: TestFiles
  /** Name and version of the runner: `vitest 5.1.1`. */
  readonly runner: string
  /** Which of several shards of one run this is: `2/3`. Default: none. */
  readonly shard?: string | undefined
  /** What makes JavaScript of the instrumented texts. Default: oxc. */
  readonly compiler?: Compiler
}

/** A test run with tracing on, seen from the main process: takes in what the workers counted, reports. */
export class TracedRun {
  /** Folder in which workers leave their counts. */
  readonly folder: string
  /** How workers show lines; undefined where they do not. Listings and lines are in the same folder. */
  readonly lines: TraceOrders | undefined
  /** Absolute paths of the test files whose workers have said anything. */
  readonly heardOf: Set<string> = new Set()
  readonly #options: ResolvedOptions
  readonly #files: TracedFiles
  readonly #tables: SourceTables
  readonly #workers = new WorkerFiles()
  readonly #runner: string
  readonly #shard: string
  readonly #collector = new Collector()
  #losses: string[] = []
  #started = new Date()
  #counted = new CoverageResults()
  #identity: { readonly project: CountsHeader; readonly run: RunRecord } | undefined

  /** @throws TstraceError `TST_LABEL` */
  constructor(input: TracedRunInput) {
    const { options } = input
    this.#options = options
    this.#runner = input.runner
    this.#shard = input.shard ?? ''
    labelText(options.label)
    // What is not among these cannot change the code, or runners would take old code from their caches.
    const code = codeOptions(options)
    this.#files = tracedFilesOf({ ...input, options: code })
    const { root } = this.#files
    const { trace: live, trackcalls: calls } = code
    this.#tables = new SourceTables({ root, calls, live, compiler: input.compiler })
    if (live) this.lines = traceOrders(root, options)
    this.folder = this.#workers.folder
  }

  /** Undefined for what is not traced, has nothing that runs, or cannot be parsed; `path` is absolute. */
  instrument(path: string, code: string): Instrumented | undefined {
    if (!this.#files.verdict(path).trace) return undefined
    return this.#tables.instrument({ path, file: pathFromRoot(this.#files.root, path), code })
  }

  /** As `instrument`, for what became of a file whose compiler reads it itself. */
  instrumentCompiled(path: string, compiled: CompiledCode): InstrumentedCompiled | undefined {
    return this.#tables.instrumentCompiled({ path, file: pathFromRoot(this.#files.root, path) }, compiled)
  }

  /**
   * Gives a verdict on each source among the files that were loaded, for `debug` where others transform; paths are absolute.
   * Of dependencies there are many, and all that is to be said of them is what they are.
   */
  judge(paths: Iterable<string>): void {
    if (!this.#options.debug) return
    for (const path of paths)
      if (sourceKind(path) && (!isDependency(path) || this.#files.wouldTrace(path))) this.#files.verdict(path)
  }

  /** Forgets what was counted before, for instance by the run before in watch mode. */
  begin(): void {
    for (const taken of this.#workers.take()) this.#add(taken)
    this.#collector.clear()
    this.#losses = []
    this.#started = new Date()
    this.#identity = undefined
  }

  /** What this run alone counted, as the bytes of a counts file; the run must have been finished. */
  countsText(): Uint8Array {
    const { project, run } = this.#identify()
    return countsText({ head: { ...project, runs: [run] }, counted: new Map([[run.label, this.#counted]]) })
  }

  /** Takes in what workers that are done have left; what is taken while the run goes on is not left for its end. */
  takeDone(): void {
    for (const taken of this.#workers.takeDone()) this.#add(taken)
  }

  /** Reads what the workers wrote, once they have ended or `most` milliseconds have gone by, and reports. */
  async finish(waiting: { readonly most: number; readonly livingEndInTime: boolean }): Promise<Report> {
    this.takeDone()
    await this.#workers.workersDone(waiting.most)
    this.#collect(waiting.livingEndInTime ? 'finished' : undefined)
    const included = this.#options.include.length > 0 ? await this.#included() : []
    const unmatched = await this.#unmatched()
    await nextMacrotask()
    return this.#report(included, unmatched)
  }

  /** As `finish`, at once, from the exit of the process. */
  finishNow(): Report {
    this.#collect('interrupted')
    return this.#report([])
  }

  /** Removes the temporary folder. */
  close(): void {
    this.#workers.remove()
  }

  /** @param end Undefined where workers are known to live on. */
  #collect(end: RunEnd | undefined): void {
    let open = 0
    for (const taken of this.#workers.take()) {
      const testFile = this.#add(taken)
      if (taken.end === 'dead') this.#losses.push(deadWorker(testFile, taken.head.pid))
      else if (taken.end === 'open' && end === 'finished')
        this.#losses.push(livingWorker(testFile, taken.head.pid))
      else if (taken.end === 'open') open++
    }
    if (end === 'interrupted') this.#losses.push(interrupted(open))
  }

  /** @returns the test file of the worker, from the root */
  #add({ bytes, head }: WorkerBytes): string {
    this.heardOf.add(head.testFile)
    const testFile = pathFromRoot(this.#files.root, head.testFile)
    this.#collector.add(bytes, `the worker of ${testFile}`)
    return testFile
  }

  /** All sources that `include` names, loaded or not. */
  async #included(): Promise<readonly string[]> {
    const { all, include } = this.#options
    const found = await findSources(this.#files.root, include, (path) =>
      all ? this.#files.verdict(path) : { trace: this.#files.wouldTrace(path), reason: '' },
    )
    return found.filter((path) => !this.#files.isTest(path))
  }

  #unmatched(): Promise<string[]> {
    const { root, verdicts } = this.#files
    const { fromFile } = this.#options
    return unmatchedFilters({ root, options: this.#options, fromFile, known: verdicts.keys() })
  }

  /** One sentence for each package outside the root of which something was loaded. */
  #outside(): string[] {
    const { root, verdicts } = this.#files
    const sentences = [...verdicts].flatMap(([path, verdict]) => {
      const place = absolutePath(root, path)
      return (this.#files.isTest(place) ? undefined : outsideSentence(root, place, verdict)) ?? []
    })
    return [...new Set(sentences)]
  }

  #report(included: readonly string[], unmatched: readonly string[] = []): Report {
    const { all } = this.#options
    const collected = this.#collector.finish((source) => this.#tables.tableFor(source))
    const counted = this.#withoutTests(collected.results)
    const added = { root: this.#files.root, paths: all ? included : [], tables: this.#tables }
    const unreadable = addUnloaded(counted, added)
    this.#counted = counted
    const problems = [...this.#losses, ...collected.problems, ...this.#tables.problems, ...unreadable]
    problems.push(...this.#outside(), ...unmatched)
    if (!all) problems.push(...unloadedSentence(included.length, this.#withCounts(included, counted)))
    const results = this.#options.file ? this.#accumulated(counted, problems) : counted
    const report = this.#options.noReport ? { text: '', problems: [] } : this.#written(results)
    const debug = this.#options.debug ? verdictLines(this.#files.verdicts) : []
    return {
      text: debug.map((line) => `${line}\n`).join('') + report.text,
      problems: [...problems, ...report.problems],
    }
  }

  /** How many of some sources have counts. */
  #withCounts(sources: readonly string[], counted: CoverageResults): number {
    const known = new Set(counted.sources().map(({ path }) => path))
    return sources.filter((path) => known.has(pathFromRoot(this.#files.root, path))).length
  }

  #written(results: CoverageResults): Report {
    return writeReport(results, {
      options: this.#options,
      root: this.#files.root,
      keep: (path) => this.#isListed(path),
    })
  }

  #isListed(path: string): boolean {
    return this.#options.listTests || !this.#files.isTest(path)
  }

  /** Test files stay in the edges, as callers. */
  #withoutTests(results: CoverageResults): CoverageResults {
    const sources = results.sources().filter(({ path }) => this.#isListed(path))
    return new CoverageResults({ sources, edges: results.edges() })
  }

  #accumulated(results: CoverageResults, problems: string[]): CoverageResults {
    try {
      return accumulate({ ...this.#identify(), results }, resolve(this.#files.root, this.#options.file))
    } catch (error) {
      problems.push(sentenceOf(error))
      return results
    }
  }

  /** Of one run from its beginning to the next. */
  #identify(): { readonly project: CountsHeader; readonly run: RunRecord } {
    const { root } = this.#files
    this.#identity ??= {
      project: identifyProject(root),
      run: identifyRun({
        root,
        runner: this.#runner,
        shard: this.#shard,
        label: labelText(this.#options.label),
        tstrace: BUILD.version,
        rules: BUILD.hash,
        started: this.#started,
        losses: this.#losses,
      }),
    }
    return this.#identity
  }
}

function isDependency(path: string): boolean {
  return /[\\/]node_modules[\\/]/.test(path)
}

function traceOrders(root: string, { coverdir, timing, trace }: TstraceOptions): TraceOrders {
  return { root, timing, ...(trace !== 'stdout' && { folder: resolve(root, coverdir) }) }
}

function unloadedSentence(included: number, counted: number): string[] {
  if (counted === included) return []
  const missing = included - counted
  const them = missing === 1 ? 'it' : 'them'
  return [
    `${missing} of ${included} sources that \`include\` names ${missing === 1 ? 'has' : 'have'} no counts: no test loaded ${them}, ` +
      `or nothing in ${them} runs. \`all\` or \`--all\` lists what no test loaded.`,
  ]
}

function deadWorker(testFile: string, pid: number): string {
  return (
    `The worker of ${testFile} (process ${pid}) was stopped from outside: what it ran last is missing from the ` +
    'counts.'
  )
}

function livingWorker(testFile: string, pid: number): string {
  return (
    `The worker of ${testFile} (process ${pid}) had not ended when the report was written: what it ran last may ` +
    'be missing from the counts.'
  )
}

function interrupted(open: number): string {
  const workers = open === 1 ? '1 worker was' : `${open} workers were`
  return `The run was interrupted while ${workers} still at it: what ran last may be missing from the counts.`
}
