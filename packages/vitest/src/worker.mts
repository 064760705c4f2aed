/*
 * The half of tstrace that runs beside the tests: the first setup file of every project. It is bundled into one file.
 * Vitest always evaluates a `.mts` file once per test file; an `.mjs` file in node_modules once per worker.
 */
import { drain } from '@tstrace/core/worker'
import { afterAll, afterEach, inject } from 'vitest'
import { ORDERS_KEY, type WorkerFileHead, type WorkerOrders } from './worker-protocol.ts'

interface WorkerState {
  readonly filepath?: string
  readonly onCleanup?: (listener: () => void) => void
}

/** What a process that runs several test files keeps from one to the next. */
interface WorkerMemory {
  close: () => void
  readonly started: number
  /** Milliseconds spent on flushing after tests. */
  spent: number
}

const KEY = Symbol.for('tstrace.worker')

/** Milliseconds between timed flushes: what a killed worker loses at most beside its running test. */
const EVERY = 100

/** Milliseconds that flushing after tests may take in a process, beside a fiftieth of its running time. */
const ALLOWANCE = 5

// Taken before a test can replace them; modules from the process itself, because tests mock `node:fs`.
const { performance } = process.getBuiltinModule('node:perf_hooks')
const now = performance.now.bind(performance)
const { appendFileSync, renameSync, writeFileSync } = process.getBuiltinModule('node:fs')
const { setInterval, clearInterval } = process.getBuiltinModule('node:timers')
const { threadId } = process.getBuiltinModule('node:worker_threads')
const worker = (globalThis as { __vitest_worker__?: WorkerState }).__vitest_worker__
const realm: { [KEY]?: WorkerMemory } & NodeJS.Process = process

const { folder, project } = (inject as (key: string) => WorkerOrders)(ORDERS_KEY)
const head: WorkerFileHead = { testFile: worker?.filepath ?? '', pid: process.pid }
const path = `${folder}/${process.pid}-${threadId}-${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`

let closed = false
let failed = false

function guarded(action: () => void): void {
  if (failed) return
  try {
    action()
  } catch {
    // The file stays `.open`, and the node half says what that means.
    failed = true
  }
}

function flush(): void {
  if (closed) return
  guarded(() => {
    const bytes = drain({ testFile: head.testFile, project })
    if (bytes) appendFileSync(`${path}.open`, bytes)
  })
}

function flushAfterTest(): void {
  const start = now()
  if (memory.spent > ALLOWANCE + (start - memory.started) / 50) return
  flush()
  memory.spent += now() - start
}

function close(): void {
  flush()
  if (closed) return
  closed = true
  clearInterval(timer)
  guarded(() => renameSync(`${path}.open`, `${path}.done`))
}

// A worker that runs several files one after the other: what came before this one belongs to the one before.
realm[KEY]?.close()
if (!realm[KEY]) process.on('exit', () => realm[KEY]?.close())
const memory: WorkerMemory = { started: now(), spent: 0, ...realm[KEY], close }
Object.defineProperty(realm, KEY, { value: memory, configurable: true, writable: true })

guarded(() => writeFileSync(`${path}.open`, `${JSON.stringify(head)}\n`))
const timer = setInterval(flush, EVERY)
timer.unref()
worker?.onCleanup?.(close)
afterEach(flushAfterTest)
afterAll(flush)
