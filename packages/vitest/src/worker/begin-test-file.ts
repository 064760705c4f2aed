/*
 * The half of tstrace that runs beside the tests, bundled into one file. It is loaded once in a process, outside of the realms
 * that some workers have for each test file, and before a test can replace what it takes from the process.
 */
import type { TestLines } from '@tstrace/core/live'
import {
  drain,
  FLUSH_INTERVAL,
  FlushBudget,
  type FlushTimes,
  followStarts,
  type NativeTracing,
  RunningContexts,
  WorkerFile,
} from '@tstrace/core/worker'
import { installState, type RuntimeState, stateOf } from '@tstrace/instrument/runtime'
import { followTests } from './follow-tests.mts'
import { type NamedTask, namesOf } from './names-of.ts'
import type { LinesBesideTests } from './show-lines.ts'
import type { WorkerOrders } from './worker-orders.ts'

/** What the setup file and the test runner find here. */
export interface BesideTests {
  readonly beginTestFile: typeof beginTestFile
  readonly outlastTimers: typeof outlastTimers
  readonly timersOutlasted: typeof timersOutlasted
}

/** What a test file that has begun has to be told. */
export interface BegunTestFile {
  /** A test begins; undefined where no lines are shown. */
  readonly beforeTest: ((test: NamedTask) => void) | undefined
  /** A test has run, and the user's hooks behind it; undefined where tests are followed, which are flushed when they end. */
  readonly afterTest: (() => void) | undefined
  /** All of its tests have run. */
  readonly afterFile: () => void
}

type Realm = typeof globalThis & {
  readonly __vitest_worker__?: {
    readonly filepath?: string
    readonly onCleanup?: (listener: () => void) => void
  }
}

/** What a process keeps from one test file to the next. */
interface Memory {
  readonly file: CountedTestFile
  readonly budget: FlushTimes
}

// From the process itself, because tests mock modules.
const { createRequire } = process.getBuiltinModule('node:module')
const { setInterval, setTimeout, clearInterval } = process.getBuiltinModule('node:timers')
const { apply } = Reflect
const { stringify } = JSON

let memory: Memory | undefined
let outlasted: Promise<void> | undefined
let isNative = false

/**
 * Counts for a test file from now on. What was counted in this process until now belongs to the one before.
 *
 * @param realm the global object of the tests
 * @param showLines loaded only where lines are asked for
 */
export function beginTestFile(
  realm: Realm,
  orders: WorkerOrders,
  showLines?: LinesBesideTests['showLines'],
): BegunTestFile {
  if (memory) memory.file.close()
  else beforeExit(() => memory?.file.close())
  const file = new CountedTestFile(realm, orders, showLines)
  const budget = new FlushBudget(memory?.budget)
  memory = { file, budget }
  if (orders.native) traceNative(orders.native)
  realm.__vitest_worker__?.onCleanup?.(() => file.close())
  const { contexts, lines } = file
  const flush = (): void => file.flush()
  return {
    beforeTest: lines && ((test) => lines.begin(namesOf(test))),
    afterTest: contexts ? undefined : () => budget.spend(flush),
    afterFile: () => file.flush(realm),
  }
}

/** Begins to wait for timers that a test file has left due at once, and that are its own: Node has them fire in the order in which they came. */
export function outlastTimers(): void {
  outlasted = new Promise((resolve) => setTimeout(resolve, 1))
}

/** @returns what the next test file has to wait for; mostly that is over */
export function timersOutlasted(): Promise<void> | undefined {
  return outlasted
}

/** Once in a process: hooks are of all of its modules. */
function traceNative(orders: NonNullable<WorkerOrders['native']>): void {
  if (isNative) return
  isNative = true
  const native: NativeTracing = createRequire(orders.file)(orders.file)
  native.traceNative(orders, (problem) => memory?.file.note(problem))
}

/** Behind all who listen for the exit, and without listening: tests count listeners. */
function beforeExit(action: () => void): void {
  const exit: unknown = Reflect.get(process, 'reallyExit')
  if (typeof exit !== 'function') return
  const value = function reallyExit(this: unknown, ...args: unknown[]): unknown {
    action()
    return apply(exit, this, args)
  }
  Object.defineProperty(process, 'reallyExit', { value, configurable: true, writable: true })
}

/** A test file that is at it, and where its counts go. */
class CountedTestFile {
  readonly contexts: RunningContexts | undefined
  readonly lines: TestLines | undefined
  readonly #realm: Realm
  readonly #state: RuntimeState
  readonly #label: { readonly testFile: string; readonly project: string }
  readonly #file: WorkerFile
  readonly #timer: NodeJS.Timeout
  readonly #endStarts: (() => void) | undefined
  #problems: string[] = []
  #isClosed = false

  constructor(realm: Realm, orders: WorkerOrders, showLines?: LinesBesideTests['showLines']) {
    const { branches, children, contexts, folder, project, root, trace } = orders
    this.#realm = realm
    // Before setup files and tests replace what is in the realm.
    this.#state = stateOf(realm) ?? installState(realm)
    this.#label = { testFile: realm.__vitest_worker__?.filepath ?? '', project }
    this.#state.testRun = { root, branches, testFile: this.#label.testFile }
    this.#file = new WorkerFile(folder, this.#label)
    const onProblem = (problem: string): void => this.note(problem)
    this.lines = trace && showLines?.(this.#state, { orders: trace, testFile: this.#label, onProblem })
    // The frame is of what was running before.
    this.contexts = contexts && new RunningContexts(() => this.flush())
    followTests(process, this.contexts)
    this.#endStarts =
      children && followStarts(children, () => stringify({ ...this.#label, context: this.contexts?.text }))
    this.#timer = setInterval(() => this.flush(), FLUSH_INTERVAL)
    this.#timer.unref()
  }

  /** Has a sentence go to the report with what is counted. */
  note(problem: string): void {
    this.#problems.push(problem)
  }

  /** @param realm on whose global object the state still has to be. Default: nobody looks */
  flush(realm?: object): void {
    if (this.#isClosed) return
    try {
      // What it has to say goes with the counts.
      this.lines?.flush()
      if (this.#file.isReady()) this.#append(realm)
    } catch {
      // A test may have replaced what is used here, and must not fail for it; the next flush takes what this one left.
    }
  }

  close(): void {
    this.flush(this.#realm)
    if (this.#isClosed) return
    this.#isClosed = true
    clearInterval(this.#timer)
    this.#endStarts?.()
    this.lines?.close()
    this.#file.close()
  }

  #append(realm: object | undefined): void {
    const { contexts } = this
    const running = contexts?.take()
    const frame = drain(
      { ...this.#label, ...running },
      { state: this.#state, problems: this.#problems, sent: this.#file.tablesSent, realm },
    )
    this.#problems = []
    if (frame) this.#file.append(frame)
  }
}
