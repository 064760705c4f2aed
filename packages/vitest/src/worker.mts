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

const KEY = Symbol.for('tstrace.worker')

/** Milliseconds between timed flushes: what a killed worker loses at most beside its running test. */
const EVERY = 100

/** Milliseconds that flushing after tests may take in all, beside a twentieth of the running time. */
const ALLOWANCE = 50

// Taken before a test can replace them; modules from the process itself, because tests mock `node:fs`.
const now = Date.now
const { appendFileSync, renameSync, writeFileSync } = process.getBuiltinModule('node:fs')
const { setInterval, clearInterval } = process.getBuiltinModule('node:timers')
const { threadId } = process.getBuiltinModule('node:worker_threads')
const worker = (globalThis as { __vitest_worker__?: WorkerState }).__vitest_worker__
const realm: { [KEY]?: () => void } & NodeJS.Process = process

const { folder, project } = (inject as (key: string) => WorkerOrders)(ORDERS_KEY)
const head: WorkerFileHead = { testFile: worker?.filepath ?? '', pid: process.pid }
const path = `${folder}/${process.pid}-${threadId}-${now().toString(36)}${Math.random().toString(36).slice(2, 8)}`

let closed = false
let failed = false
const started = now()
let spent = 0

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
  if (spent > ALLOWANCE + (start - started) / 20) return
  flush()
  spent += now() - start
}

function close(): void {
  flush()
  if (closed) return
  closed = true
  clearInterval(timer)
  guarded(() => renameSync(`${path}.open`, `${path}.done`))
}

// A worker that runs several files one after the other: what came before this one belongs to the one before.
const before = realm[KEY]
before?.()
if (!before) process.on('exit', () => realm[KEY]?.())
Object.defineProperty(realm, KEY, { value: close, configurable: true, writable: true })

guarded(() => writeFileSync(`${path}.open`, `${JSON.stringify(head)}\n`))
const timer = setInterval(flush, EVERY)
timer.unref()
worker?.onCleanup?.(close)
afterEach(flushAfterTest)
afterAll(flush)
