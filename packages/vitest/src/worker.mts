/*
 * The half of tstrace that runs beside the tests: the first setup file of every project. It is bundled into one file.
 * Vitest always evaluates a `.mts` file once per test file; an `.mjs` file in node_modules once per worker.
 */
import {
  drain,
  FLUSH_INTERVAL,
  FlushBudget,
  type FlushTimes,
  RunningContexts,
  WorkerFile,
} from '@tstrace/core/worker'
import { installState, stateOf } from '@tstrace/instrument/runtime'
import { afterAll, afterEach, beforeEach, inject } from 'vitest'
import { followTests } from './follow-tests.mts'
import { type NamedTask, namesOf, showLines } from './live-lines.mts'
import { ORDERS_KEY, type WorkerOrders } from './worker-orders.ts'

interface WorkerState {
  readonly filepath?: string
  readonly onCleanup?: (listener: () => void) => void
}

/** What a process that runs several test files keeps from one to the next. */
interface WorkerMemory {
  readonly close: () => void
  readonly budget: FlushTimes
  /** Where it is from: some workers have a realm for each test file. */
  readonly global: typeof globalThis
  readonly drain: typeof drain
}

const KEY = Symbol.for('tstrace.worker')

// Taken before a test can replace them; modules from the process itself, because tests mock `node:fs`.
const { setInterval, clearInterval } = process.getBuiltinModule('node:timers')
const worker = (globalThis as { __vitest_worker__?: WorkerState }).__vitest_worker__
const realm: { [KEY]?: WorkerMemory } & NodeJS.Process = process

// Before setup files and tests replace what is in it.
const state = stateOf(globalThis) ?? installState(globalThis)

const { contexts: isFollowed, folder, project, trace } = (inject as (key: string) => WorkerOrders)(ORDERS_KEY)
const testFile = worker?.filepath ?? ''
const file = new WorkerFile(folder, { testFile, project })
let problems: string[] = []
const lines = trace && showLines(trace, { testFile, project }, (problem) => problems.push(problem))

// The frame is of what was running before.
const contexts = isFollowed && new RunningContexts(() => flush())
followTests(contexts || undefined)
/** When hooks of ours time out: what they take is no failure of a test. */
const NEVER = 0

// V8 has made that of the first test file fast; this one would begin anew.
const known = realm[KEY]
const drained = known?.global === globalThis ? known.drain : drain

let closed = false

/** @param realm on whose global object the state still has to be. Default: nobody looks */
function flush(realm?: object): void {
  if (closed) return
  try {
    // What it has to say goes with the counts.
    lines?.flush()
    if (file.isReady()) {
      const running = contexts && { context: contexts.text, ended: contexts.takeEnded() }
      const frame = drained(
        { testFile, project, ...running },
        { state, problems, sent: file.tablesSent, realm },
      )
      problems = []
      if (frame) file.append(frame)
    }
  } catch {
    // A test may have replaced what is used here, and must not fail for it; the next flush takes what this one left.
  }
}

function close(): void {
  flush(globalThis)
  if (closed) return
  closed = true
  clearInterval(timer)
  lines?.close()
  file.close()
}

// A worker that runs several files one after the other: what came before this one belongs to the one before.
known?.close()
if (!known) process.on('exit', () => realm[KEY]?.close())
const budget = new FlushBudget(known?.budget)
const memory: WorkerMemory = { budget, close, global: globalThis, drain: drained }
Object.defineProperty(realm, KEY, { value: memory, configurable: true, writable: true })

const timer = setInterval(() => flush(), FLUSH_INTERVAL)
timer.unref()
worker?.onCleanup?.(close)
if (lines) beforeEach(({ task }) => lines.begin(namesOf(task as NamedTask)), NEVER)
// Tests that are followed are flushed when they end.
if (!contexts) afterEach(() => budget.spend(() => flush()), NEVER)
afterAll(() => flush(globalThis), NEVER)
