import { isDeepStrictEqual } from 'node:util'
import type { TstraceOptions } from '@tstrace/core'
import {
  failsUntraced,
  type OptionSources,
  type Report,
  RunProblems,
  resolveOptions,
  UNTRACED,
} from '@tstrace/core/adapter'
import { unsupportedNode } from '@tstrace/core/node-support'
import { startParser } from '@tstrace/instrument'
import { sentenceOf } from '@tstrace/results/errors'
import { keepCompiled } from '@tstrace/results/files'
import { complaint } from '@tstrace/results/printable'
import { linesFor } from '@tstrace/results/screen'
import { withoutOrders } from '../config/run-orders.ts'
import {
  endsWithEmptyLine,
  type GlobalConfig,
  isWatching,
  type RunResults,
  type Test,
  unsupportedJest,
} from '../jest-versions.ts'
import { chosenNow, endOfShadow } from '../select/chosen.ts'
import { endProcess } from '../worker/worker-counts.ts'
import { BaseReporter, JEST_VERSION } from './base-reporter.ts'
import { configFolder } from './project-root.ts'
import { type StartedIn, screenOfJest, TracedSession } from './traced-session.ts'

/** Which reporter of a configuration does the work, where several are there. */
const owners = new WeakMap<GlobalConfig, TstraceReporter>()

/** While Jest watches, what is kept from one run to the next; each run has a reporter of its own. */
let watched: TracedSession | undefined

const NO_SELECTION =
  'Option "select" chooses test files where the configuration of Jest has `testSequencer: "tstrace/jest-sequencer"`, and is given in TSTRACE or `tstrace.config.*`: all of them run.'
const NO_LINES = 'Option "trace" shows no lines of compiled files that the coverage of Jest counts.'

/** The reporter: brings tracing into a Jest that has no other trace of it. */
export class TstraceReporter extends BaseReporter {
  readonly #config: GlobalConfig
  readonly #given: object
  #options: TstraceOptions | undefined
  #session: TracedSession | undefined
  #isStrict = false
  /** What makes the run fail, where `strict` asks for that. */
  #lastError: Error | undefined
  readonly #problems = new RunProblems()
  #completion: Promise<void> | undefined

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
    if (this.#options?.select && !chosenNow()) this.#problems.add([NO_SELECTION])
    this.#problems.attemptNow(() => this.#goOn())
    // Tests may run in this process, and what a test loads first keeps what belongs to the test.
    this.#problems.attemptNow(() => startParser('json'))
  }

  /** Takes over what the run before has left, unless that was made with other options. */
  #goOn(): void {
    const before = watched
    if (!before) return
    if (!isDeepStrictEqual(before.options, this.#options)) return this.#close(before)
    before.begin(this.#config)
    this.#order(before)
  }

  /** Nothing may be awaited here before the configuration is replaced: Jest announces several files at a time. */
  onTestFileStart(test: Test): void {
    const options = this.#options
    if (options && !this.#session)
      this.#problems.attemptNow(() => this.#start(options, test.context.config), UNTRACED)
    this.#problems.attemptNow(() => this.#session?.wrap(test))
  }

  /** Of the test files that have ended until now. */
  onTestFileResult(): void {
    this.#problems.attemptNow(() => this.#session?.run.intake.takeDone())
  }

  /**
   * Where Jest stops at the first failures, it is called again by each test file that ends meanwhile, and the first call that
   * returns ends the process.
   */
  onRunComplete(_contexts: unknown, results: RunResults): Promise<void> {
    this.#completion ??= this.#complete(results)
    return this.#completion
  }

  async #complete(results: RunResults): Promise<void> {
    if (owners.get(this.#config) !== this) return
    owners.delete(this.#config)
    const isWatched = isWatching(this.#config)
    this.#session?.restore()
    if (!isWatched) this.#session?.stopListening()
    const report = await this.#problems.attempt(async () => {
      // A shard that got no test file is not a missing one.
      if (this.#options?.file && this.#config.shard && !this.#session)
        this.#start(this.#options, this.#config)
      endProcess()
      const finished = await this.#session?.finish(results, (problems) => this.#problems.add(problems))
      if (!isWatched) this.#problems.add(await endOfShadow(results))
      return finished
    })
    this.#print(report, endsWithEmptyLine(this.#config, results))
    keepCompiled()
    const session = this.#session
    this.#options = undefined
    this.#session = undefined
    if (!session) return
    if (isWatched) session.atEnd = () => this.#close(session)
    else this.#close(session)
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

  #start(options: TstraceOptions, project: StartedIn): void {
    const session = new TracedSession(options, this.#config, project)
    if (isWatching(this.#config)) watched = session
    const { root, run } = session
    if (root === undefined) {
      this.#session = session
      return
    }
    if (run.lines && this.#config.collectCoverage) this.#problems.add([NO_LINES])
    this.#problems.attemptNow(() => session.orderChildren())
    session.listen()
    this.#order(session)
  }

  /** This run is traced in a session. */
  #order(session: TracedSession): void {
    this.#session = session
    session.order(this.#given)
    session.atEnd = () => this.#exit(session)
  }

  /** A test that runs in this process is ending it, or the user is. */
  #exit(session: TracedSession): void {
    const report = this.#problems.attemptNow(() => {
      endProcess()
      return session.run.finishNow()
    })
    this.#options = undefined
    this.#session = undefined
    this.#print(report)
    this.#close(session)
  }

  #close(session: TracedSession): void {
    if (watched === session) watched = undefined
    const problems = this.#problems.attemptNow(() => session.close()) ?? []
    for (const problem of problems) this.log(complaint(problem))
  }

  /** @param isBehindEmptyLine Whether one is there already, and has to be behind what is printed. */
  #print(report: Report | undefined, isBehindEmptyLine = false): void {
    const sentences = [...this.#problems.list, ...(report?.problems ?? [])]
    const problems = this.#session?.run.news(sentences) ?? sentences
    this.#problems.clear()
    const text = report?.text ?? ''
    const start = isBehindEmptyLine ? '' : '\n'
    if (text !== '') this.log(`${start}${linesFor(screenOfJest(), text).replace(/\n$/, '')}`)
    const failures = report?.failures ?? []
    const said = [...problems, ...failures]
    for (const sentence of said) this.log(complaint(sentence))
    if (isBehindEmptyLine && (text !== '' || said.length > 0)) this.log('')
    // What a watch ends with says nothing about any of its runs.
    if (isWatching(this.#config)) return
    const errors = this.#isStrict ? said : failures
    if (errors.length === 0) return
    this.#lastError = new Error(errors.map(complaint).join('\n'))
    process.exitCode = 1
  }
}
