import { fileURLToPath } from 'node:url'
import type { TstraceOptions } from '@tstrace/core'
import {
  failsUntraced,
  type OptionSources,
  type Report,
  RunProblems,
  reportMerged,
  resolveOptions,
  type StartedTest,
  TracedRun,
  UNTRACED,
} from '@tstrace/core/adapter'
import { unsupportedNode } from '@tstrace/core/node-support'
import { obstaclesTo } from '@tstrace/core/obstacles-to'
import { writePage } from '@tstrace/page/write-page'
import type { CountsInput } from '@tstrace/results/counts-file'
import { sentenceOf } from '@tstrace/results/errors'
import { complaint } from '@tstrace/results/printable'
import { blobReporters, blobText, sendWithBlobs, takeFromBlobs } from './blob-counts.ts'
import { injectTransform } from './inject-transform.ts'
import { moduleTransform } from './module-transform.ts'
import { PLUGIN_NAME } from './plugin-name.ts'
import { printBefore } from './print-before.ts'
import { printReport, screenFor } from './print-report.ts'
import { testFilesOf } from './test-files.ts'
import {
  compilerOf,
  defaultReporters,
  failedEarly,
  obstacleIn,
  type Reporter,
  specificationsOf,
  type TestModule,
  type TestProject,
  type TestSpecification,
  unsupportedVitest,
  type Vitest,
  waitingTime,
} from './vitest-versions.ts'
import { ORDERS_KEY, type WorkerOrders } from './worker-orders.ts'

const OWNER = Symbol.for('tstrace.reporter')

/** The extension says TypeScript although it is none: Vitest evaluates such a file once per test file. */
const WORKER_FILE = fileURLToPath(new URL('./worker.mts', import.meta.url))
const RUNNER_FILE = fileURLToPath(new URL('./runner.mts', import.meta.url))
const PACKAGE_FOLDER = fileURLToPath(new URL('.', import.meta.url)).replace(/[\\/]$/, '')

/** The reporter: brings tracing into a Vitest that has no other trace of it. */
export class TstraceReporter implements Reporter {
  readonly isTstrace = true
  readonly #given: object
  #vitest: Vitest | undefined
  #run: TracedRun | undefined
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
    if (!isMerge) await this.#problems.attempt(() => this.#start(vitest, options), UNTRACED)
    else if (blobs && blobs.inputs.length > 0) this.#merge = () => merged(vitest, options, blobs.inputs)
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
    const isStarted = (one: TestSpecification): boolean => !vitest.isCancelling || this.#begun.has(keyOf(one))
    const started = (): StartedTest[] =>
      specifications.filter(isStarted).map(({ moduleId, project }) => ({
        testFile: moduleId,
        project: project.name,
        isTraced: obstacleIn(project) === undefined,
      }))
    const names = new Set(specifications.map(keyOf))
    for (const module of failedEarly(vitest))
      if (names.has(keyOf(module)))
        this.#run?.noteFailedFile({ testFile: module.moduleId, project: module.project.name })
    return this.#run?.finish({ ...waitingTime(vitest), started })
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
      compiler: compilerOf(vitest.vite),
      page: writePage,
      isSent: blobReporters(vitest).length > 0,
      screen: screenFor(vitest),
    })
    const transform = moduleTransform(run, options)
    this.#run = run
    const { folder, obstacle } = run.intake
    for (const project of obstacle === undefined ? projects : []) {
      const ownObstacle = obstacleIn(project)
      if (ownObstacle) {
        const name = project.name ? `The project "${project.name}"` : 'This project'
        this.#problems.add([`${name} ${ownObstacle} and is not traced.`])
        continue
      }
      equip(project, {
        folder,
        project: project.name,
        ...(run.lines && { trace: run.lines }),
        ...(options.contexts === 'test' && followed(project)),
      })
      injectTransform(project, transform)
    }
    for (const sentence of obstaclesTo(config.root, options)) vitest.logger.error(complaint(sentence))
    sendWithBlobs(vitest, () => this.#countsText(vitest))
    // Prepended: Vitest's own listener ends the process again, and later ones are skipped.
    const onExit = (): void => this.#exit()
    process.prependOnceListener('exit', onExit)
    vitest.onClose?.(() => {
      process.off('exit', onExit)
      run.intake.remove()
    })
  }

  #exit(): void {
    if (this.#isRunning) this.#print(this.#problems.attemptNow(() => this.#run?.finishNow()))
    this.#problems.attemptNow(() => this.#run?.intake.remove())
  }

  #print(report: Report | undefined): void {
    const problems = [...this.#problems.list, ...(report?.problems ?? [])]
    if (this.#run) this.#problems.clear()
    if (report?.text && this.#vitest) printReport(this.#vitest, `\n${report.text.replace(/\n$/, '')}`)
    const failures = report?.failures ?? []
    for (const problem of [...problems, ...failures]) this.#vitest?.logger.error(complaint(problem))
    if (failures.length > 0 || (this.#isStrict && problems.length > 0)) process.exitCode = 1
  }
}

function keyOf({ moduleId, project }: Pick<TestModule, 'moduleId' | 'project'>): string {
  return JSON.stringify([project.name, moduleId])
}

function merged(vitest: Vitest, options: TstraceOptions, inputs: readonly CountsInput[]): Promise<Report> {
  const { config, projects } = vitest
  const tests = testFilesOf(projects)
  const screen = screenFor(vitest)
  return reportMerged({ root: config.root, options, tests, inputs, page: writePage, screen })
}

/** The plugin and `--reporter=tstrace` may both be there: the first reporter of a server does the work. */
function claim(vitest: Vitest, reporter: TstraceReporter): boolean {
  // Vitest 2 has another name for its server.
  const server: object & { [OWNER]?: object } = vitest.vite ?? vitest
  server[OWNER] ??= reporter
  return server[OWNER] === reporter
}

/** Those of the second are stronger; none is read. */
function bothOptions(first: object, second: object): object {
  const properties = [first, second].map(Object.getOwnPropertyDescriptors)
  return Object.defineProperties({}, Object.assign({}, ...properties))
}

function pluginOptions(vitest: Vitest): object {
  const plugins: readonly { name: string; api?: { options?: object } }[] = [
    vitest.vite,
    ...vitest.projects.map(({ vite }) => vite),
  ].flatMap(({ config }) => config.plugins)
  return plugins.find(({ name }) => name === PLUGIN_NAME)?.api?.options ?? {}
}

/** Vitest drops its default reporter when another one is asked for; one that only traces is no replacement. */
async function putBackDefaults(vitest: Vitest): Promise<void> {
  const others = (vitest.reporters ?? []).filter(
    (reporter) => !('isTstrace' in reporter) && reporter.constructor.name !== 'WebSocketReporter',
  )
  if (others.length > 0) return
  const defaults = await defaultReporters(vitest)
  vitest.reporters?.unshift(...defaults)
  for (const reporter of defaults) await reporter.onInit?.(vitest)
}

function equip(project: TestProject, orders: WorkerOrders): void {
  const { config, vite } = project
  if (config.setupFiles.includes(WORKER_FILE)) return
  config.setupFiles.unshift(WORKER_FILE)
  const { allow } = vite.config.server.fs
  if (!allow.includes(PACKAGE_FOLDER)) allow.push(PACKAGE_FOLDER)
  project.provide(ORDERS_KEY, orders)
}

/** Puts our test runner around that of the project. */
function followed({ config }: TestProject): Pick<WorkerOrders, 'contexts' | 'runner'> {
  const { runner } = config
  if (runner === RUNNER_FILE) return {}
  config.runner = RUNNER_FILE
  return { contexts: true, ...(runner !== undefined && { runner }) }
}
