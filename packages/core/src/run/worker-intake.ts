import { TestPlaces } from '@tstrace/instrument'
import { pathFromRoot } from '@tstrace/instrument/source-file'
import { sentenceOf } from '@tstrace/results/errors'
import { readSource, type TemporaryFolder, temporaryFolder } from '@tstrace/results/files'
import { printable } from '@tstrace/results/printable'
import { type Collected, Collector } from '../collect/collector.ts'
import type { TableFor } from '../collect/fitting-table.ts'
import type { FrameLabel } from '../collect/frame.ts'
import { valueAt } from '../collect/value-at.ts'
import { EarlierRuns, type RanTestFile } from '../watch/earlier-runs.ts'
import {
  type Counting,
  closedPage,
  couldNotWrite,
  damagedFolder,
  deadWorker,
  endedThreads,
  interrupted,
  livingWorker,
  nothingTraced,
  unheardOf,
  unheardPages,
  workerOf,
} from './losses.ts'
import { keyOfTest, RunLosses } from './run-losses.ts'
import type { WorkerFileHead } from './worker-file.ts'
import { type WorkerBytes, WorkerFiles } from './worker-files.ts'

/** A test file that the runner has given to a worker. */
export interface StartedTest extends RanTestFile {
  /** Whether tracing reaches its project at all. */
  readonly isTraced: boolean
  /** Whether it runs in a page of a browser. Default: in a worker. */
  readonly isInPage?: boolean
}

/** How the end of a run is waited for. */
export interface RunWaiting {
  /** Milliseconds after which waiting for workers ends in any case. */
  readonly most: number
  /** Whether workers that go on living are late; undefined ends are no news where they always do. */
  readonly livingEndInTime: boolean
  /** What the runner has started, once the workers' files have been read. */
  readonly started: () => readonly StartedTest[]
  /** What is missing of what tests have started, as sentences, at the same time. Default: nothing */
  readonly lostChildren?: () => readonly string[]
  /** Why not all tests of its test files ran, as a sentence. Default: they did */
  readonly part?: string | undefined
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
  /** Test files of which pages have sent something, and not that it is all. */
  readonly #pages = new Map<string, string>()
  readonly #losses = new RunLosses()
  /** Those that tests have ended. */
  readonly #threads = new Set<string>()

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
    this.#threads.clear()
    this.#paths.clear()
    this.#tests.clear()
    this.#pages.clear()
    if (this.obstacle !== undefined) this.#losses.add(this.obstacle)
  }

  #beginRun(): void {
    this.#files?.leaveBehind()
    this.#collector.beginRun()
    this.#losses.beginRun()
  }

  /** Says of a test file that it failed before any of its tests ran. */
  noteFailedFile({ project, testFile }: Pick<StartedTest, 'project' | 'testFile'>): void {
    this.#collector.noteFailedFile({ project, testFile })
  }

  /** Takes in what workers that are done have left. */
  takeDone(): void {
    for (const taken of this.#files?.takeDone() ?? []) this.#add(taken)
  }

  /**
   * Takes in what has come by another way than a file: from a page.
   *
   * @param bytes whole frames
   * @param isEnd whether the test file has run
   */
  takeSent(label: FrameLabel, bytes: Uint8Array, isEnd: boolean): void {
    const key = keyOfTest(label)
    const testFile = this.#named(label)
    this.#paths.add(label.testFile)
    this.#tests.add(key)
    if (isEnd) this.#pages.delete(key)
    else this.#pages.set(key, testFile)
    this.#collector.add(bytes, `the page of ${testFile}`)
  }

  /** Takes in everything, once the workers have ended or waiting for them has. */
  async finish({ livingEndInTime, lostChildren, most, started }: RunWaiting): Promise<void> {
    this.takeDone()
    await this.#files?.workersDone(most)
    for (const { end, head } of this.#takeAll())
      if (end === 'open' && (head.isChild || livingEndInTime) && !isEnded(head))
        this.#losses.add(livingWorker(this.#counting(head)), head)
    for (const testFile of this.#pages.values()) this.#losses.add(closedPage(testFile))
    for (const loss of lostChildren?.() ?? []) this.#losses.add(loss)
    const tests = started()
    if (this.obstacle === undefined) this.#compare(tests)
    this.#settle(tests)
  }

  /** The same at once, in the middle of the run. */
  finishNow(): void {
    const open = this.#takeAll().filter(({ end }) => end === 'open').length
    this.#losses.add(interrupted(open))
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
    for (const test of started) ran.set(keyOfTest(test), test)
    this.#losses.settle(ran)
    this.#earlier.settle([...ran.values()])
  }

  /** Paths from the root of the sources of which something is kept, by their ids. */
  get sources(): ReadonlyMap<string, string> {
    return new Map([...this.#collector.sources()].map(({ id, path }) => [id, path]))
  }

  /**
   * What was taken in, with its losses.
   *
   * @param isTaken says of a source by its path whether its counters are wanted
   */
  collected(tableFor: TableFor, isTaken: (path: string) => boolean): Collected {
    const places = new TestPlaces(readSource)
    // There are many tests in a file.
    const paths = new Map<string, string>()
    const found: TableFor = (source) => {
      const leftOut = this.#earlier?.outdated(source.id)
      return leftOut === undefined ? tableFor(source) : { leftOut }
    }
    const { losses, problems, results } = this.#collector.finish(found, {
      isTaken,
      pathOf: (testFile) => valueAt(paths, testFile, () => pathFromRoot(this.#root, testFile)),
      lineOf: (testFile, titles, index) => places.lineOf(testFile, titles, index),
    })
    const own = [...this.#losses.list, ...(this.#earlier?.remarks ?? [])]
    return { results, losses: [...own, ...losses], problems: [...own, ...problems] }
  }

  remove(): void {
    this.#folder?.remove()
  }

  #takeAll(): Pick<WorkerBytes, 'end' | 'head'>[] {
    const all: Pick<WorkerBytes, 'end' | 'head'>[] = []
    for (const taken of this.#files?.take() ?? []) {
      this.#add(taken)
      const { bytes, end, error = '', head } = taken
      if (end === 'dead' && !isEnded(head)) this.#losses.add(deadWorker(this.#counting(head)), head)
      if (end === 'failed')
        this.#losses.add(couldNotWrite(workerOf(this.#counting(head)), this.folder, error), head)
      if (end !== 'done' && isEnded(head) && bytes.length > 0) this.#threads.add(`${head.pid}-${head.thread}`)
      all.push({ end, head })
    }
    if (this.#threads.size > 0) this.#losses.add(endedThreads(this.#threads.size, 'tests'))
    const damage = this.#files?.damage()
    if (damage) this.#losses.add(damagedFolder(damage, this.folder))
    return all
  }

  #add({ bytes, head }: WorkerBytes): void {
    if (head.testFile !== '') {
      this.#paths.add(head.testFile)
      this.#tests.add(keyOfTest(head))
    }
    const who = workerOf(this.#counting(head))
    this.#collector.add(bytes, who.charAt(0).toLowerCase() + who.slice(1))
  }

  #counting(head: WorkerFileHead): Counting {
    return { ...head, testFile: this.#named(head) }
  }

  #named({ testFile }: Pick<StartedTest, 'testFile'>): string {
    return testFile === '' ? '' : printable(pathFromRoot(this.#root, testFile))
  }

  /** What the runner has started is compared with what was heard of. */
  #compare(started: readonly StartedTest[]): void {
    const missing = started.filter((test) => test.isTraced && !this.#tests.has(keyOfTest(test)))
    for (const [isInPage, lossOf] of [
      [false, unheardOf],
      [true, unheardPages],
    ] as const) {
      const own = missing.filter((test) => Boolean(test.isInPage) === isInPage)
      const names = new Set(own.map((test) => this.#named(test)))
      if (names.size > 0) this.#losses.add(lossOf([...names].sort()))
    }
    if (missing.length > 0) return
    if (started.length > 0 && this.#tests.size === 0) this.#losses.add(nothingTraced(started.length))
  }
}

/** Whether a file that is not done is that of a thread which its test has ended. */
function isEnded({ isChild = false, thread }: WorkerFileHead): boolean {
  return isChild && thread > 0
}
