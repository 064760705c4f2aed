import { resolve } from 'node:path'
import type { TstraceOptions } from '@tstrace/core'
import { BUILD, codeOptions, type Report, type StartedTest, TracedRun } from '@tstrace/core/adapter'
import { childOrders, loadedElsewhere, takeLostChildren, uncountedChildren } from '@tstrace/node/children'
import { writePage } from '@tstrace/page/write-page'
import { type Screen, screenOf } from '@tstrace/results/screen'
import { OWN_HASH } from '../config/own-hash.build.ts'
import { setOrders } from '../config/run-orders.ts'
import { testFilesOf } from '../config/test-files.ts'
import type { Trace } from '../config/wrapped-config.ts'
import {
  failedEarly,
  type GlobalConfig,
  isWatching,
  type ProjectConfig,
  type RunResults,
  type Test,
} from '../jest-versions.ts'
import { loadedFiles } from '../worker/loaded-files.ts'
import { whenStopped } from '../worker/when-stopped.ts'
import { JEST_VERSION } from './base-reporter.ts'
import { closedFolder } from './closed-folder.ts'
import { leftOutTests } from './left-out-tests.ts'
import { partOfRun } from './part-of-run.ts'
import { projectRoot } from './project-root.ts'
import { TracedContexts } from './traced-contexts.ts'

/**
 * How long to wait for workers, in milliseconds: Jest has ended them before it tells us, unless tests are still running
 * because it stopped at the first failures.
 */
const WAITING = { most: 1500, livingEndInTime: true } as const

/** The project whose test file is the first; of a run without one what is known of all. */
export type StartedIn = Pick<ProjectConfig, 'rootDir'> &
  Partial<Pick<ProjectConfig, 'cache' | 'cacheDirectory'>>

/** A Jest that is traced: for one run, or while it watches for all of them. */
export class TracedSession {
  readonly run: TracedRun
  readonly options: TstraceOptions
  readonly #contexts = new TracedContexts()
  readonly #trace: Trace | undefined
  /** That of the command line, which is one of every run. */
  readonly #firstPattern: string | undefined
  /** What is to be done when this process ends. */
  atEnd: () => void = () => {}
  #config: GlobalConfig
  #children: ReturnType<typeof childOrders> | undefined
  #stopListening: (() => void) | undefined

  constructor(options: TstraceOptions, config: GlobalConfig, project: StartedIn) {
    this.options = options
    this.#config = config
    this.#firstPattern = config.testNamePattern
    const root = projectRoot(config, project)
    const { shard } = config
    const isWatched = isWatching(config)
    this.run = new TracedRun({
      root,
      options,
      tests: testFilesOf(this.#contexts.configs),
      runner: `jest ${JEST_VERSION}`,
      cache: project.cache ? project.cacheDirectory : undefined,
      page: writePage,
      shard: shard && `${shard.shardIndex}/${shard.shardCount}`,
      screen: screenOfJest(),
      isWatching: isWatched,
      ...(isWatched && { closedFolder: () => this.#closedFolder(root) }),
    })
    if (this.run.intake.obstacle === undefined) this.#trace = traceOf(root, options)
  }

  /** Absolute path of the project root. */
  get root(): string | undefined {
    return this.#trace?.root
  }

  /** Has `atEnd` called when this process ends, in whatever way. */
  listen(): void {
    this.#stopListening = whenStopped(() => this.atEnd())
  }

  stopListening(): void {
    this.#stopListening?.()
  }

  /** @returns what went wrong, one sentence each */
  close(): string[] {
    this.stopListening()
    this.atEnd = () => {}
    try {
      return this.run.endWatching()
    } finally {
      this.run.intake.remove()
    }
  }

  /** Another run begins, which Jest has a reporter of its own for. */
  begin(config: GlobalConfig): void {
    this.#config = config
    this.#contexts.begin()
    this.run.begin()
  }

  /** Has what tests start counted, too, where that is asked for. */
  orderChildren(): void {
    const { options, root = '' } = this
    this.#children = childOrders({ root, folder: this.run.intake.folder, options })
  }

  /**
   * Tells workers what they have to know.
   *
   * @param given the options beside our name in the configuration of the run
   */
  order(given: object): void {
    const { intake, lines } = this.run
    if (!this.#trace) return
    const { folder } = intake
    const { branches, contexts, debug } = this.options
    setOrders(given, {
      folder,
      root: this.#trace.root,
      branches,
      debug,
      contexts: contexts === 'test',
      ...(lines && { lines }),
      ...(this.#children && { children: this.#children }),
    })
  }

  /** Before Jest reads the configuration of a test file. */
  wrap(test: Test): void {
    if (this.#trace) this.#contexts.wrap(test, this.#trace)
  }

  /** When all tests have run: Jest reads the projects' own configurations again. */
  restore(): void {
    this.#contexts.restore()
  }

  /** @param tell is told what else is to be said, in sentences */
  async finish(results: RunResults, tell: (problems: readonly string[]) => void): Promise<Report> {
    const { folder, heardOf, obstacle } = this.run.intake
    for (const { displayName, testFilePath } of failedEarly(results))
      this.run.noteFailedFile({ testFile: testFilePath, project: displayName?.name ?? '' })
    if (obstacle === undefined) this.run.judge([...loadedFiles(folder), ...loadedElsewhere(folder)])
    const leftOut = this.#leftOut(results)
    const started = (): StartedTest[] =>
      this.#contexts.started(heardOf).map((test) => ({ ...test, leftOut: leftOut.get(keyOf(test)) ?? [] }))
    const lostChildren = (): readonly string[] => takeLostChildren(folder, this.root ?? '')
    const part = partOfRun(this.#config, results)
    const report = await this.run.finish({ ...WAITING, started, lostChildren, part })
    tell(uncountedChildren(folder, this.root ?? ''))
    if (obstacle === undefined) tell(this.#contexts.problems(heardOf))
    return report
  }

  #leftOut({ testResults }: RunResults): Map<string, string[][]> {
    const { testNamePattern } = this.#config
    const pattern = testNamePattern === this.#firstPattern ? undefined : testNamePattern
    const tests = new Map<string, string[][]>()
    for (const result of testResults) {
      const place = { testFile: result.testFilePath, project: result.displayName?.name ?? '' }
      tests.set(keyOf(place), leftOutTests(result, pattern))
    }
    return tests
  }

  #closedFolder(root: string): string | undefined {
    const { coverdir } = this.options
    const projects = this.#contexts.configs
    return closedFolder(resolve(root, coverdir), coverdir, { config: this.#config, projects })
  }
}

function keyOf({ project, testFile }: Pick<StartedTest, 'project' | 'testFile'>): string {
  return JSON.stringify([project, testFile])
}

/** Where its reporters print. */
export function screenOfJest(): Screen | undefined {
  return screenOf(process.stderr, { argv: process.argv, env: process.env })
}

function traceOf(root: string, options: TstraceOptions): Trace {
  return {
    root,
    build: `${BUILD.version} ${BUILD.hash} ${OWN_HASH}`,
    options: codeOptions(options),
  }
}
