import { resolve } from 'node:path'
import { setImmediate as nextMacrotask } from 'node:timers/promises'
import type { Compiler, InstrumentedCompiled } from '@tstrace/instrument'
import { componentKind, pathFromRoot, sourceKind } from '@tstrace/instrument/source-file'
import { CoverageResults } from '@tstrace/results'
import {
  type Accumulated,
  accumulate,
  type CountsData,
  type CountsHeader,
  countsText,
  identifyProject,
  identifyRun,
  labelText,
  packText,
  type RunRecord,
  TextsByPath,
} from '@tstrace/results/counts-file'
import { sentenceOf } from '@tstrace/results/errors'
import { unmatchedFilters } from '../filter/unmatched-filters.ts'
import type { TraceOrders } from '../live/trace-orders.ts'
import { codeOptions } from '../options/code-options.ts'
import type { ResolvedOptions } from '../options/tstrace-options.ts'
import { belowThresholds } from '../report/thresholds.ts'
import { WatchedReports } from '../watch/watched-reports.ts'
import { addUnloaded } from './add-unloaded.ts'
import { AskedFormats } from './asked-formats.ts'
import { BUILD } from './build.ts'
import { includedSources, unloadedSentence } from './included-sources.ts'
import { noteWritten } from './output-folder.ts'
import { nothingKept } from './problems-of-writing.ts'
import { type CompiledCode, SourceTables, type TracedCode } from './source-tables.ts'
import { TableCache } from './table-cache.ts'
import { textOf } from './text-that-ran.ts'
import { forgetTraces, traceOrders, tracesOf } from './trace-files.ts'
import { outsideSentences, type TracedFiles, tracedFilesOf } from './traced-files.ts'
import type { TracedRunInput } from './traced-run-input.ts'
import { verdictLines } from './verdict-lines.ts'
import { type RunWaiting, type StartedTest, WorkerIntake } from './worker-intake.ts'
import { type Report, writeReport } from './write-report.ts'

/** A test run with tracing on, seen from the main process: takes in what the workers counted, reports. */
export class TracedRun {
  /** What the workers leave, and where. */
  readonly intake: WorkerIntake
  /** How workers show lines; undefined where they do not. Listings and lines are in the same folder. */
  readonly lines: TraceOrders | undefined
  readonly #options: ResolvedOptions
  readonly #files: TracedFiles
  readonly #tables: SourceTables
  readonly #formats: AskedFormats
  /** Those that ran and are not on disk. */
  readonly #texts = new TextsByPath()
  readonly #input: TracedRunInput
  readonly #watched: WatchedReports | undefined
  #losses: readonly string[] = []
  #part: string | undefined
  #started = new Date()
  #counted = new CoverageResults()
  #identity: { readonly project: CountsHeader; readonly run: RunRecord } | undefined

  /** @throws TstraceError `TST_LABEL` */
  constructor(input: TracedRunInput) {
    const { options } = input
    this.#options = options
    this.#input = input
    this.#formats = new AskedFormats(options.formats)
    labelText(options.label)
    // What is not among these cannot change the code, or runners would take old code from their caches.
    const code = codeOptions(options)
    this.#files = tracedFilesOf({ ...input, options: code })
    const { root } = this.#files
    const { branches, trace: live, trackcalls: calls } = code
    this.#tables = new SourceTables({
      root,
      branches,
      calls,
      live,
      keepNames: input.keepNames,
      unmappedCalls: input.unmappedCalls,
      cache: input.cache === undefined ? undefined : new TableCache(input.cache),
      keepText: ({ hash, path }, text) => this.#texts.add(path, [hash, packText(text)]),
    })
    const runs = input.isWatching === true
    if (runs) this.#watched = new WatchedReports({ options, keep: this.#isListed, textOf: textOf(root) })
    const sharesModules = input.sharesModules === true
    this.intake = new WorkerIntake(root, { contexts: options.contexts !== 'off', runs, sharesModules })
    const { folder, obstacle } = this.intake
    if (live && obstacle === undefined) this.lines = traceOrders(root, folder, options)
  }

  /**
   * Undefined for what is not traced, has nothing that runs, or cannot be parsed; `path` is absolute.
   *
   * @param compiler makes JavaScript of the instrumented text. Default: oxc
   */
  instrument(path: string, code: string, compiler?: Compiler): TracedCode | undefined {
    if (!this.#files.verdict(path).trace) return undefined
    return this.#tables.instrument({ path, file: pathFromRoot(this.#files.root, path), code, compiler })
  }

  /** Whether a traced file has to get its counters behind its compiler: `instrumentCompiled`. */
  isCountedBehind(path: string): boolean {
    return componentKind(path) !== undefined && this.#files.verdict(path).trace
  }

  /** As `instrument`, for what became of a file whose compiler reads it itself, or has to. */
  instrumentCompiled(path: string, compiled: CompiledCode): InstrumentedCompiled | undefined {
    return this.#tables.instrumentCompiled({ path, file: pathFromRoot(this.#files.root, path) }, compiled)
  }

  /** Whether a later run has to be given a source again to say of it all that this one says; `path` is absolute. */
  hasToComeAgain(path: string): boolean {
    return this.#tables.hasToComeAgain(pathFromRoot(this.#files.root, path))
  }

  /** Gives the verdict on a file of which an earlier run has transformed the same text. @returns whether it is traced */
  judgeCached(path: string): boolean {
    return this.#files.verdict(path).trace
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

  /** Forgets what was counted before, but for what is kept while the runner watches. */
  begin(): void {
    this.intake.begin()
    this.#started = new Date()
    this.#identity = undefined
    if (this.intake.obstacle === undefined) forgetTraces(this.intake.folder, this.#input.isWatching)
  }

  /** Says of a test file that it failed before any of its tests ran: of such a one nothing may have been counted. */
  noteFailedFile(testFile: Pick<StartedTest, 'project' | 'testFile'>): void {
    if (this.#options.contexts === 'test') this.intake.noteFailedFile(testFile)
  }

  /** What this run alone counted, as the text of a counts file in pieces; the run must have been finished. */
  countsText(): Iterable<string> {
    return countsText(this.#own(this.#counted))
  }

  /** Reads what the workers wrote, and reports. */
  async finish(waiting: RunWaiting): Promise<Report> {
    await this.intake.finish(waiting)
    this.#part = waiting.part
    const options = this.#options
    const { root, verdicts } = this.#files
    const included = await includedSources(this.#files, options)
    // Jest tells only of some what was decided.
    const known = [...verdicts.keys(), ...this.intake.sources.values()]
    const { fromFile } = options
    const { dependencies } = this.#input.tests
    const unmatched = await unmatchedFilters({ root, options, known, fromFile, dependencies })
    await this.#formats.loaded
    await nextMacrotask()
    return this.#report(included.paths, [...new Set([...unmatched, ...included.problems])])
  }

  /** As `finish`, at once, from the exit of the process. */
  finishNow(): Report {
    this.intake.finishNow()
    return this.#report([])
  }

  /**
   * Adds what was counted last, while the runner was watching, to the counts file: a watch is one run however often it runs.
   * Nothing happens the second time.
   *
   * @returns what went wrong, one sentence each
   */
  endWatching(): string[] {
    const problems: string[] = []
    const results = this.#counted
    this.#counted = new CoverageResults()
    if (this.#watched && this.#options.file && results.sources().length > 0)
      this.#accumulated(results, problems)
    return problems
  }

  #report(included: readonly string[], unmatched: readonly string[] = []): Report {
    const { all } = this.#options
    const { root } = this.#files
    // Test files stay in the edges, as callers.
    const collected = this.intake.collected((source) => this.#tables.tableFor(source), this.#isListed)
    this.#losses = collected.losses
    const counted = collected.results
    const unreadable = addUnloaded(counted, { root, paths: all ? included : [], tables: this.#tables })
    this.#counted = counted
    const problems = [
      ...collected.problems,
      ...this.#tables.problems,
      ...unreadable,
      ...outsideSentences(this.#files),
      ...unmatched,
      ...(all ? [] : unloadedSentence(included, counted, root)),
    ]
    const isAdded = this.#options.file && !this.#watched
    const sum = isAdded ? this.#accumulated(counted, problems) : undefined
    const report = this.#written(sum, counted)
    this.#tables.keep()
    if (this.#watched) this.#forgetOthers()
    const { isSent, shard } = this.#input
    // What others run may be what is missing here: whoever adds all of it up knows.
    const isPart = isSent || shard !== undefined
    const debug = this.#options.debug ? verdictLines(this.#files.verdicts) : []
    const gap = debug.length > 0 && /^[^\n]/.test(report.text) ? '\n' : ''
    return {
      text:
        debug.map((line) => `${line}\n`).join('') +
        gap +
        (this.#watched?.shown(report.text, counted) ?? report.text),
      problems: [...problems, ...report.problems],
      failures: isPart ? [] : belowThresholds(sum?.results ?? counted, this.#options, this.#isListed),
    }
  }

  /** Which sentences of a report and of those around it are to be said: while the runner watches, what the last one had not. */
  news(sentences: readonly string[]): readonly string[] {
    return this.#watched?.news(sentences) ?? sentences
  }

  /** Whether a file would be traced if it came to `instrument`; `path` is absolute. */
  wouldTrace(path: string): boolean {
    return this.#files.wouldTrace(path)
  }

  /** What no report will need again. */
  #forgetOthers(): void {
    this.#tables.keepOnly(this.intake.sources)
    this.#texts.keepOnly(this.#counted.versions())
  }

  /** What a run alone has counted, as a counts file has it. */
  #own(results: CoverageResults): CountsData {
    const { project, run } = this.#identify()
    return { head: { ...project, runs: [run] }, counted: new Map([[run.label, results]]) }
  }

  /** @param sum what the counts file has; undefined where there is none that this run was added to */
  #written(sum: Accumulated | undefined, counted: CoverageResults): Report {
    const { root } = this.#files
    const { coverdir, debug, file, noReport, trace } = this.#options
    const { folder, obstacle } = this.intake
    if (obstacle !== undefined) return { text: '', problems: [] }
    const traces = tracesOf(folder)
    if (noReport) {
      const isWanted = file !== '' || debug || trace !== false || this.#input.isSent
      const nothing = isWanted ? [] : [nothingKept('`noReport`', '`file`')]
      return { text: '', problems: [...nothing, ...noteWritten(resolve(root, coverdir), traces)] }
    }
    const data = sum?.data ?? this.#own(counted)
    return writeReport(sum?.results ?? counted, {
      isSaved: sum !== undefined,
      data: { ...data, textOf: (version) => this.#texts.of(version) ?? data.textOf?.(version) },
      traces,
      formats: this.#formats,
      options: this.#options,
      page: this.#input.page,
      root,
      screen: this.#input.screen,
      keep: this.#isListed,
      closedFolder: this.#input.closedFolder?.(),
    })
  }

  readonly #isListed = (path: string): boolean => this.#options.listTests || !this.#files.isTest(path)

  /** The sum of all runs in the counts file; undefined where this one could not be added. */
  #accumulated(results: CoverageResults, problems: string[]): Accumulated | undefined {
    try {
      const file = resolve(this.#files.root, this.#options.file)
      const sum = accumulate({ ...this.#identify(), results }, file)
      for (const problem of sum.leftOut) problems.push(problem)
      return sum
    } catch (error) {
      problems.push(sentenceOf(error))
      return undefined
    }
  }

  /** Of one run from its beginning to the next. */
  #identify(): { readonly project: CountsHeader; readonly run: RunRecord } {
    this.#identity ??= {
      project: identifyProject(this.#files.root),
      run: identifyRun({
        root: this.#files.root,
        runner: this.#input.runner,
        shard: this.#input.shard ?? '',
        label: labelText(this.#options.label),
        tstrace: BUILD.version,
        rules: BUILD.hash,
        started: this.#started,
        losses: this.#losses,
        part: this.#part,
      }),
    }
    return this.#identity
  }
}

function isDependency(path: string): boolean {
  return /[\\/]node_modules[\\/]/.test(path)
}
