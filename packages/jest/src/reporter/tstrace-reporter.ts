import type { TstraceOptions } from '@tstrace/core'
import {
  BUILD,
  codeOptions,
  failsUntraced,
  type OptionSources,
  type Report,
  RunProblems,
  resolveOptions,
  TracedRun,
  UNTRACED,
} from '@tstrace/core/adapter'
import { unsupportedNode } from '@tstrace/core/node-support'
import { obstaclesTo } from '@tstrace/core/obstacles-to'
import { loadParser } from '@tstrace/instrument'
import { writePage } from '@tstrace/page/write-page'
import { sentenceOf } from '@tstrace/results/errors'
import { complaint } from '@tstrace/results/printable'
import { linesFor, type Screen, screenOf } from '@tstrace/results/screen'
import { OWN_HASH } from '../config/own-hash.build.ts'
import { setOrders, withoutOrders } from '../config/run-orders.ts'
import { testFilesOf } from '../config/test-files.ts'
import type { Trace } from '../config/wrapped-config.ts'
import {
  endsWithEmptyLine,
  failedEarly,
  type GlobalConfig,
  type ProjectConfig,
  type RunResults,
  type Test,
  unsupportedJest,
} from '../jest-versions.ts'
import { loadedFiles } from '../worker/loaded-files.ts'
import { whenStopped } from '../worker/when-stopped.ts'
import { endProcess } from '../worker/worker-counts.ts'
import { BaseReporter, JEST_VERSION } from './base-reporter.ts'
import { configFolder, projectRoot } from './project-root.ts'
import { TracedContexts } from './traced-contexts.ts'

/** Which reporter of a configuration does the work, where several are there. */
const owners = new WeakMap<GlobalConfig, TstraceReporter>()

/**
 * How long to wait for workers, in milliseconds: Jest has ended them before it tells us, unless tests are still running
 * because it stopped at the first failures.
 */
const WAITING = { most: 1500, livingEndInTime: true } as const

const NO_LINES = 'Option "trace" shows no lines of compiled files that the coverage of Jest counts.'

/** The reporter: brings tracing into a Jest that has no other trace of it. */
export class TstraceReporter extends BaseReporter {
  readonly #config: GlobalConfig
  readonly #given: object
  readonly #contexts = new TracedContexts()
  #options: TstraceOptions | undefined
  #run: TracedRun | undefined
  #trace: Trace | undefined
  #stopListening: (() => void) | undefined
  #isStrict = false
  /** What makes the run fail, where `strict` asks for that. */
  #lastError: Error | undefined
  readonly #problems = new RunProblems()

  /**
   * @param config Jest's global configuration
   * @param given The options beside our name in it: an object that Jest sends to its workers
   */
  constructor(config: GlobalConfig, given: object = {}) {
    super()
    this.#config = config
    this.#given = given
  }

  override async onRunStart(results: unknown, options: unknown): Promise<void> {
    super.onRunStart(results, options)
    if (owners.has(this.#config)) return
    owners.set(this.#config, this)
    const unsupported = unsupportedNode() ?? unsupportedJest(JEST_VERSION)
    this.#isStrict = this.#problems.attemptNow(() => failsUntraced(this.#sources())) ?? false
    if (unsupported) return this.#problems.add([sentenceOf(unsupported)])
    this.#options = await this.#problems.attempt(() => resolveOptions(this.#sources()), UNTRACED)
    this.#isStrict = this.#options?.strict ?? this.#isStrict
    // Tests may run in this process, and what a test loads first keeps what belongs to the test.
    this.#problems.attemptNow(loadParser)
  }

  /** Nothing may be awaited here before the configuration is replaced: Jest announces several files at a time. */
  onTestFileStart(test: Test): void {
    const options = this.#options
    if (options && !this.#run)
      this.#problems.attemptNow(() => this.#start(options, test.context.config), UNTRACED)
    this.#problems.attemptNow(() => this.#trace && this.#contexts.wrap(test, this.#trace))
  }

  /** Of the test files that have ended until now. */
  onTestFileResult(): void {
    this.#problems.attemptNow(() => this.#run?.intake.takeDone())
  }

  /** Jest may call it twice. */
  async onRunComplete(_contexts: unknown, results: RunResults): Promise<void> {
    if (owners.get(this.#config) !== this) return
    owners.delete(this.#config)
    this.#contexts.restore()
    this.#stopListening?.()
    const report = await this.#problems.attempt(async () => {
      // A shard that got no test file is not a missing one.
      if (this.#options?.file && this.#config.shard && !this.#run) this.#start(this.#options, this.#config)
      endProcess()
      return this.#run && this.#finished(this.#run, results)
    })
    this.#print(report, endsWithEmptyLine(this.#config, results))
    this.#close()
  }

  async #finished(run: TracedRun, results: RunResults): Promise<Report> {
    const { folder, heardOf, obstacle } = run.intake
    for (const { displayName, testFilePath } of failedEarly(results))
      run.noteFailedFile({ testFile: testFilePath, project: displayName?.name ?? '' })
    if (obstacle === undefined) run.judge(loadedFiles(folder))
    const report = await run.finish({ ...WAITING, started: () => this.#contexts.started(heardOf) })
    if (obstacle === undefined) this.#problems.add(this.#contexts.problems(heardOf))
    return report
  }

  override getLastError(): Error | undefined {
    return this.#lastError
  }

  #sources(): OptionSources {
    return {
      given: withoutOrders(this.#given),
      givenWhere: 'the options of tstrace',
      environment: process.env.TSTRACE,
      root: configFolder(this.#config),
    }
  }

  #start(options: TstraceOptions, project: Pick<ProjectConfig, 'rootDir'>): void {
    const root = projectRoot(this.#config, project)
    const { shard } = this.#config
    this.#run = new TracedRun({
      root,
      options,
      tests: testFilesOf(this.#contexts.configs),
      runner: `jest ${JEST_VERSION}`,
      page: writePage,
      shard: shard && `${shard.shardIndex}/${shard.shardCount}`,
      screen: screenOfJest(),
    })
    const { intake, lines } = this.#run
    const { folder, obstacle } = intake
    if (obstacle !== undefined) return
    this.#trace = traceOf(root, options)
    for (const sentence of obstaclesTo(root, options)) this.log(complaint(sentence))
    if (lines && this.#config.collectCoverage) this.#problems.add([NO_LINES])
    const { debug } = options
    setOrders(this.#given, { folder, debug, contexts: options.contexts === 'test', ...(lines && { lines }) })
    this.#stopListening = whenStopped(() => this.#exit())
  }

  /** A test that runs in this process is ending it, or the user is. */
  #exit(): void {
    const report = this.#problems.attemptNow(() => {
      endProcess()
      return this.#run?.finishNow()
    })
    this.#print(report)
    this.#close()
  }

  #close(): void {
    this.#problems.attemptNow(() => this.#run?.intake.remove())
    this.#options = undefined
    this.#run = undefined
    this.#trace = undefined
  }

  /** @param isBehindEmptyLine Whether one is there already, and has to be behind what is printed. */
  #print(report: Report | undefined, isBehindEmptyLine = false): void {
    const problems = [...this.#problems.list, ...(report?.problems ?? [])]
    this.#problems.clear()
    const text = report?.text ?? ''
    const start = isBehindEmptyLine ? '' : '\n'
    if (text !== '') this.log(`${start}${linesFor(screenOfJest(), text).replace(/\n$/, '')}`)
    const failures = report?.failures ?? []
    const said = [...problems, ...failures]
    for (const sentence of said) this.log(complaint(sentence))
    if (isBehindEmptyLine && (text !== '' || said.length > 0)) this.log('')
    const errors = this.#isStrict ? said : failures
    if (errors.length === 0) return
    this.#lastError = new Error(errors.map(complaint).join('\n'))
    process.exitCode = 1
  }
}

/** Where its reporters print. */
function screenOfJest(): Screen | undefined {
  return screenOf(process.stderr, { argv: process.argv, env: process.env })
}

function traceOf(root: string, options: TstraceOptions): Trace {
  return {
    root,
    build: `${BUILD.version} ${BUILD.hash} ${OWN_HASH}`,
    options: codeOptions(options),
  }
}
