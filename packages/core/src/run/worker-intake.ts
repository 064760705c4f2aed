import { TestPlaces } from '@tstrace/instrument'
import { pathFromRoot } from '@tstrace/instrument/source-file'
import { sentenceOf } from '@tstrace/results/errors'
import { readSource, type TemporaryFolder, temporaryFolder } from '@tstrace/results/files'
import { printable } from '@tstrace/results/printable'
import { type Collected, Collector } from '../collect/collector.ts'
import type { TableFor } from '../collect/fitting-table.ts'
import { valueAt } from '../collect/value-at.ts'
import { EarlierRuns, type RanTestFile } from '../watch/earlier-runs.ts'
import {
  couldNotWrite,
  damagedFolder,
  deadWorker,
  interrupted,
  livingWorker,
  nothingTraced,
  unheardOf,
  workerOf,
} from './losses.ts'
import { type WorkerBytes, WorkerFiles } from './worker-files.ts'

/** A test file that the runner has given to a worker. */
export interface StartedTest extends RanTestFile {
  /** Whether tracing reaches its project at all. */
  readonly isTraced: boolean
}

/** How the end of a run is waited for. */
export interface RunWaiting {
  /** Milliseconds after which waiting for workers ends in any case. */
  readonly most: number
  /** Whether workers that go on living are late; undefined ends are no news where they always do. */
  readonly livingEndInTime: boolean
  /** What the runner has started, once the workers' files have been read. */
  readonly started: () => readonly StartedTest[]
}

interface IntakeOptions {
  readonly contexts: boolean
  readonly runs: boolean
  readonly sharesModules: boolean
}

/** Takes in what the workers of a test run leave, and says what is missing of it. */
export class WorkerIntake {
  /** Why there is nowhere to leave anything, as a sentence; undefined where there is. */
  readonly obstacle: string | undefined
  readonly #root: string
  readonly #folder: TemporaryFolder | undefined
  readonly #files: WorkerFiles | undefined
  readonly #collector: Collector
  /** Where what they counted is kept, too. */
  readonly #earlier: EarlierRuns | undefined
  /** Paths of the test files whose workers have said anything, and these with their projects. */
  readonly #paths = new Set<string>()
  readonly #tests = new Set<string>()
  /** With the test file that lacks something, where that is known. */
  readonly #losses = new Map<string, string>()
  /** Those of earlier runs. */
  readonly #earlierLosses = new Map<string, string>()

  /**
   * @param root absolute path of the project root
   * @param kept whether to keep apart what was running, whether to keep what earlier runs counted, and whether test files share
   * modules
   */
  constructor(root: string, kept: IntakeOptions) {
    this.#root = root
    this.#collector = new Collector(kept)
    if (kept.runs) this.#earlier = new EarlierRuns(root, this.#collector, kept.sharesModules)
    try {
      this.#folder = temporaryFolder()
      this.#files = new WorkerFiles(this.#folder.path)
    } catch (error) {
      this.obstacle = sentenceOf(error)
    }
    this.begin()
  }

  /** Absolute path of where workers leave their counts; '' where there is an obstacle. */
  get folder(): string {
    return this.#folder?.path ?? ''
  }

  /** Absolute paths of the test files whose workers have said anything. */
  get heardOf(): ReadonlySet<string> {
    return this.#paths
  }

  /** Forgets what came before, but for what is carried once only, and for what is kept of earlier runs. */
  begin(): void {
    // What was lost between two runs would have been forgotten now.
    this.#files?.damage()
    if (this.#earlier) this.#beginRun()
    else {
      for (const taken of this.#files?.take() ?? []) this.#add(taken)
      this.#collector.clear()
    }
    this.#losses.clear()
    this.#paths.clear()
    this.#tests.clear()
    if (this.obstacle !== undefined) this.#lose(this.obstacle)
  }

  #beginRun(): void {
    this.#files?.leaveBehind()
    this.#collector.beginRun()
    for (const [loss, test] of this.#losses) if (test !== '') this.#earlierLosses.set(loss, test)
  }

  /** Says of a test file that it failed before any of its tests ran. */
  noteFailedFile({ project, testFile }: Pick<StartedTest, 'project' | 'testFile'>): void {
    this.#collector.noteFailedFile({ project, testFile })
  }

  /** Takes in what workers that are done have left. */
  takeDone(): void {
    for (const taken of this.#files?.takeDone() ?? []) this.#add(taken)
  }

  /** Takes in everything, once the workers have ended or waiting for them has. */
  async finish({ livingEndInTime, most, started }: RunWaiting): Promise<void> {
    this.takeDone()
    await this.#files?.workersDone(most)
    for (const { end, head } of this.#takeAll())
      if (end === 'open' && livingEndInTime) this.#lose(livingWorker(this.#named(head), head.pid), head)
    const tests = started()
    if (this.obstacle === undefined) this.#compare(tests)
    this.#settle(tests)
  }

  /** The same at once, in the middle of the run. */
  finishNow(): void {
    const open = this.#takeAll().filter(({ end }) => end === 'open').length
    this.#lose(interrupted(open))
    this.#settle([])
  }

  /** What the run has counted takes the place of what earlier ones did. */
  #settle(started: readonly StartedTest[]): void {
    if (!this.#earlier) return
    const ran = new Map<string, RanTestFile>()
    for (const key of this.#tests) {
      const [project, testFile] = JSON.parse(key)
      ran.set(key, { project, testFile })
    }
    for (const test of started) ran.set(keyOf(test), test)
    for (const [loss, test] of this.#earlierLosses) if (ran.has(test)) this.#earlierLosses.delete(loss)
    this.#earlier.settle([...ran.values()])
  }

  /** Ids of what is kept of sources. */
  get sources(): ReadonlySet<string> {
    return new Set([...this.#collector.sources()].map(({ id }) => id))
  }

  /** What was taken in, with its losses. */
  collected(tableFor: TableFor): Collected {
    const places = new TestPlaces(readSource)
    // There are many tests in a file.
    const paths = new Map<string, string>()
    const found: TableFor = (source) => {
      const leftOut = this.#earlier?.outdated(source.id)
      return leftOut === undefined ? tableFor(source) : { leftOut }
    }
    const { losses, problems, results } = this.#collector.finish(found, {
      pathOf: (testFile) => valueAt(paths, testFile, () => pathFromRoot(this.#root, testFile)),
      lineOf: (testFile, titles, index) => places.lineOf(testFile, titles, index),
    })
    const own = [...new Set([...this.#earlierLosses.keys(), ...this.#losses.keys()])]
    const remarks = this.#earlier?.remarks ?? []
    return {
      results,
      losses: [...own, ...remarks, ...losses],
      problems: [...own, ...remarks, ...problems],
    }
  }

  remove(): void {
    this.#folder?.remove()
  }

  #takeAll(): Pick<WorkerBytes, 'end' | 'head'>[] {
    const all: Pick<WorkerBytes, 'end' | 'head'>[] = []
    for (const taken of this.#files?.take() ?? []) {
      this.#add(taken)
      const { end, error = '', head } = taken
      const testFile = this.#named(head)
      if (end === 'dead') this.#lose(deadWorker(testFile, head.pid), head)
      if (end === 'failed') this.#lose(couldNotWrite(workerOf(testFile, head.pid), this.folder, error), head)
      all.push({ end, head })
    }
    const damage = this.#files?.damage()
    if (damage) this.#lose(damagedFolder(damage, this.folder))
    return all
  }

  #add({ bytes, head }: WorkerBytes): void {
    if (head.testFile !== '') {
      this.#paths.add(head.testFile)
      this.#tests.add(keyOf(head))
    }
    this.#collector.add(bytes, `the worker of ${this.#named(head)}`)
  }

  #named({ testFile }: Pick<StartedTest, 'testFile'>): string {
    return testFile === '' ? '' : printable(pathFromRoot(this.#root, testFile))
  }

  /** What the runner has started is compared with what was heard of. */
  #compare(started: readonly StartedTest[]): void {
    const missing = started.filter((test) => test.isTraced && !this.#tests.has(keyOf(test)))
    const names = new Set(missing.map((test) => this.#named(test)))
    if (names.size > 0) this.#lose(unheardOf([...names].sort()))
    else if (started.length > 0 && this.#tests.size === 0) this.#lose(nothingTraced(started.length))
  }

  /** @param place of the test file that lacks something, where that is known */
  #lose(loss: string, place?: Pick<StartedTest, 'project' | 'testFile'>): void {
    this.#losses.set(loss, place && place.testFile !== '' ? keyOf(place) : '')
  }
}

function keyOf({ project, testFile }: Pick<StartedTest, 'project' | 'testFile'>): string {
  return JSON.stringify([project, testFile])
}
