import type { TstraceOptions } from '@tstrace/core'
import {
  failsUntraced,
  type OptionSources,
  type Report,
  RunProblems,
  resolveOptions,
  type StartedTest,
  TracedRun,
  UNTRACED,
} from '@tstrace/core/adapter'
import { unsupportedNode } from '@tstrace/core/node-support'
import { childOrders, loadedElsewhere, takeLostChildren, uncountedChildren } from '@tstrace/node/children'
import { writePage } from '@tstrace/page/write-page'
import { sentenceOf } from '@tstrace/results/errors'
import { keepCompiled } from '@tstrace/results/files'
import { complaint } from '@tstrace/results/printable'
import { unsupportedVitest } from '../supported-vitest.ts'
import { needsNames } from '../transform/beside-coverage.ts'
import {
  failedEarly,
  isInBrowser,
  obstacleIn,
  type Reporter,
  sharesModules,
  specificationsOf,
  type TestModule,
  type TestProject,
  type TestSpecification,
  type Vitest,
  waitingTime,
} from '../vitest-versions.ts'
import { blobReporters, blobText, sendWithBlobs, takeFromBlobs } from './blob-counts.ts'
import { EquippedProjects } from './equipped-projects.ts'
import { bothOptions, pluginOptions } from './given-options.ts'
import { leftOutTests } from './left-out-tests.ts'
import { mergedReport } from './merged-report.ts'
import { partOfRun } from './part-of-run.ts'
import { printBefore } from './print-before.ts'
import { printReport, screenFor } from './print-report.ts'
import { putBackDefaults } from './put-back-defaults.ts'
import type { RunSelected } from './run-selected.ts'
import { testFilesOf } from './test-files.ts'
import { uncountedModules } from './uncounted-modules.ts'

const OWNER = Symbol.for('tstrace.reporter')

/** The reporter: brings tracing into a Vitest that has no other trace of it. */
export class TstraceReporter implements Reporter {
  readonly isTstrace = true
  readonly #given: object
  #vitest: Vitest | undefined
  #run: TracedRun | undefined
  #projects: EquippedProjects | undefined
  #isRunning = false
  #specifications: readonly TestSpecification[] = []
  /** Test files of which workers have told that they are about to run. */
  readonly #begun = new Set<string>()
  /** Of this run; several have to wait for it. */
  #report: Promise<Report | undefined> | undefined
  #end: Promise<void> | undefined
  #merge: (() => Promise<Report>) | undefined
  #isStrict = false
  readonly #problems = new RunProblems()
  #selected: RunSelected | undefined

  constructor(options: object = {}) {
    this.#given = options
  }

  async onInit(vitest: Vitest): Promise<void> {
    if (!claim(vitest, this)) return
    this.#vitest = vitest
    const unsupported = unsupportedNode() ?? unsupportedVitest(vitest.version)
    if (unsupported) return this.#refuse(vitest, sentenceOf(unsupported))
    const isMerge = Boolean(vitest.config.mergeReports)
    const blobs = isMerge ? this.#problems.attemptNow(() => takeFromBlobs(vitest)) : undefined
    this.#problems.add(blobs?.problems ?? [])
    const options = await this.#problems.attempt(() => this.#resolve(vitest), isMerge ? '' : UNTRACED)
    await this.#problems.attempt(() => putBackDefaults(vitest))
    printBefore(vitest.reporters ?? [], () => this.onTestRunEnd())
    if (!options) return
    // A merge of reports runs no test.
    if (!isMerge) {
      await this.#problems.attempt(() => this.#start(vitest, options), UNTRACED)
      if (options.select !== '') await this.#problems.attempt(() => this.#select(vitest, options))
    } else if (blobs && blobs.inputs.length > 0)
      this.#merge = () => mergedReport(vitest, options, blobs.inputs)
  }

  /** The browser of a project is about to be used. */
  onBrowserInit(project: TestProject): void {
    this.#problems.attemptNow(() => this.#projects?.equipBrowser(project))
  }

  onTestRunStart(specifications: readonly TestSpecification[] = []): void {
    this.#isRunning = true
    this.#specifications = specifications
    this.#begun.clear()
    this.#report = undefined
    this.#end = undefined
    this.#problems.attemptNow(() => this.#run?.begin())
  }

  onTestModuleQueued(module: TestModule): void {
    this.#begun.add(keyOf(module))
  }

  /** Of the workers that have ended until now. */
  onTestModuleEnd(): void {
    this.#problems.attemptNow(() => this.#run?.intake.takeDone())
  }

  /** Nothing runs for it, and it is in the report no more. */
  async onTestRemoved(): Promise<void> {
    const vitest = this.#vitest
    if (!vitest?.config.watch || this.#isRunning) return
    this.onTestRunStart()
    await this.onTestRunEnd()
  }

  onTestRunEnd(): Promise<void> {
    this.#end ??= this.#concluded()
    return this.#end
  }

  async #concluded(): Promise<void> {
    const vitest = this.#vitest
    if (!vitest) return
    const report = await this.#finished(vitest)
    this.#isRunning = false
    this.#print(report)
    keepCompiled()
  }

  /** Such a Vitest tells of no end that could be waited for. */
  async #refuse(vitest: Vitest, why: string): Promise<void> {
    await this.#problems.attempt(() => putBackDefaults(vitest))
    this.#isStrict = failsUntraced({ given: this.#given, environment: process.env.TSTRACE })
    this.#problems.add([why])
    this.#vitest = vitest
    this.#print(undefined)
    this.#vitest = undefined
  }

  #finished(vitest: Vitest): Promise<Report | undefined> {
    this.#report ??= this.#problems.attempt(async () => this.#merge?.() ?? (await this.#endOfRun(vitest)))
    return this.#report
  }

  async #endOfRun(vitest: Vitest): Promise<Report | undefined> {
    const specifications = await specificationsOf(vitest, this.#specifications)
    // A run that is cut short has not come to all of its test files.
    const isStarted = (one: TestSpecification): boolean =>
      !this.#selected?.isSkipped(one) && (!vitest.isCancelling || this.#begun.has(keyOf(one)))
    const modules = new Map(vitest.state?.getTestModules?.().map((module) => [keyOf(module), module]))
    const started = (): StartedTest[] =>
      specifications.filter(isStarted).map((one) => {
        const module = modules.get(keyOf(one))
        return {
          testFile: one.moduleId,
          project: one.project.name,
          isTraced: obstacleIn(one.project) === undefined,
          isInPage: isInBrowser(one.project),
          leftOut: module ? leftOutTests(vitest, one, module) : [],
        }
      })
    const names = new Set(specifications.map(keyOf))
    for (const module of failedEarly(vitest))
      if (names.has(keyOf(module)))
        this.#run?.noteFailedFile({ testFile: module.moduleId, project: module.project.name })
    this.#projects?.closePages()
    const run = this.#run
    if (!run) return undefined
    const { folder } = run.intake
    run.judge(loadedElsewhere(folder))
    const report = await run.finish({
      ...waitingTime(vitest),
      started,
      lostChildren: () => takeLostChildren(folder, vitest.config.root),
      part: partOfRun(vitest, specifications),
    })
    this.#problems.add(uncountedChildren(folder, vitest.config.root))
    this.#problems.add(uncountedModules(vitest.projects, vitest.config.root, (path) => run.wouldTrace(path)))
    this.#problems.add(this.#selected?.end() ?? [])
    return report
  }

  /** What this run has counted. */
  async #countsText(vitest: Vitest): Promise<string | undefined> {
    if (!(await this.#finished(vitest))) return undefined
    return this.#problems.attemptNow(() => this.#run && blobText(this.#run.countsText()))
  }

  async #resolve(vitest: Vitest): Promise<TstraceOptions> {
    const sources = this.#sources(vitest)
    this.#isStrict = failsUntraced(sources)
    const options = await resolveOptions(sources)
    this.#isStrict = options.strict
    return options
  }

  #sources(vitest: Vitest): OptionSources {
    return {
      given: bothOptions(pluginOptions(vitest), this.#given),
      givenWhere: 'the options of tstrace',
      environment: process.env.TSTRACE,
      root: vitest.config.root,
      ...(vitest.import && { importTypeScript: (path) => vitest.import?.(path) as Promise<unknown> }),
    }
  }

  #start(vitest: Vitest, options: TstraceOptions): void {
    const { config, projects } = vitest
    const run = new TracedRun({
      root: config.root,
      options,
      tests: testFilesOf(projects),
      runner: `vitest ${vitest.version}`,
      shard: config.shard && `${config.shard.index}/${config.shard.count}`,
      keepNames: needsNames(vitest, options),
      cache: config.cache === false ? undefined : vitest.vite.config.cacheDir,
      page: writePage,
      isSent: blobReporters(vitest).length > 0,
      isWatching: config.watch === true,
      sharesModules: projects.some(sharesModules),
      screen: screenFor(vitest),
    })
    this.#run = run
    const { folder, obstacle } = run.intake
    const children =
      obstacle === undefined
        ? this.#problems.attemptNow(() => childOrders({ root: config.root, folder, options }))
        : undefined
    const onProblem = (problem: string): void => this.#problems.add([problem])
    this.#projects = new EquippedProjects(run, { vitest, options, children, onProblem })
    for (const project of obstacle === undefined ? projects : []) {
      const ownObstacle = obstacleIn(project)
      if (ownObstacle) {
        const name = project.name ? `The project "${project.name}"` : 'This project'
        this.#problems.add([`${name} ${ownObstacle} and is not traced.`])
        continue
      }
      this.#projects.equip(project)
    }
    sendWithBlobs(vitest, () => this.#countsText(vitest))
    // Prepended: Vitest's own listener ends the process again, and later ones are skipped.
    const onExit = (): void => this.#exit()
    process.prependOnceListener('exit', onExit)
    vitest.onClose?.(() => {
      process.off('exit', onExit)
      this.#close()
    })
  }

  async #select(vitest: Vitest, options: TstraceOptions): Promise<void> {
    const { RunSelected } = await import('./run-selected.ts')
    this.#selected = new RunSelected(vitest, options)
  }

  #exit(): void {
    if (this.#isRunning) this.#print(this.#problems.attemptNow(() => this.#run?.finishNow()))
    this.#close()
  }

  /** Also where Vitest begins again with another configuration. */
  #close(): void {
    const problems = this.#problems.attemptNow(() => this.#run?.endWatching()) ?? []
    for (const problem of problems) this.#vitest?.logger.error(complaint(problem))
    this.#problems.attemptNow(() => this.#run?.intake.remove())
  }

  #print(report: Report | undefined): void {
    const sentences = [...this.#problems.list, ...(report?.problems ?? [])]
    const problems = this.#run?.news(sentences) ?? sentences
    if (this.#run) this.#problems.clear()
    if (report?.text && this.#vitest) printReport(this.#vitest, `\n${report.text.replace(/\n$/, '')}`)
    const failures = report?.failures ?? []
    for (const problem of [...problems, ...failures]) this.#vitest?.logger.error(complaint(problem))
    // What a watch ends with says nothing about any of its runs.
    if (this.#vitest?.config.watch) return
    if (failures.length > 0 || (this.#isStrict && problems.length > 0)) process.exitCode = 1
  }
}

function keyOf({ moduleId, project }: Pick<TestModule, 'moduleId' | 'project'>): string {
  return JSON.stringify([project.name, moduleId])
}

/**
 * The plugin and `--reporter=tstrace` may both be there: the first reporter of a server does the work, and begins once, for whoever
 * holds a server by itself may tell it twice.
 */
function claim(vitest: Vitest, reporter: TstraceReporter): boolean {
  // Vitest 2 has another name for its server.
  const server: object & { [OWNER]?: object } = vitest.vite ?? vitest
  if (server[OWNER]) return false
  server[OWNER] = reporter
  return true
}
