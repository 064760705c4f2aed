import type { ChildProcess } from 'node:child_process'
import type { Worker } from 'node:worker_threads'

/*
 * Runs beside the user's tests: modules come from the process itself, and what is used of them is taken before a test can
 * replace it.
 */
const { subscribe, unsubscribe } = process.getBuiltinModule('node:diagnostics_channel')
const { createRequire } = process.getBuiltinModule('node:module')

/** What a process in which tests run has to know of what these start. */
export interface ChildOrders {
  /** Absolute path of the CommonJS file that does what is to be done, `Starts`. */
  readonly file: string
  /** Absolute path of the folder of the run. */
  readonly folder: string
  /** What has to be in `NODE_OPTIONS` of what is to be traced; undefined where nothing is, and it is only said. */
  readonly preload?: string
}

/** What is in that file. */
export interface Starts {
  /**
   * Has what is started from now on traced.
   *
   * @returns what ends that, and leaves nothing behind
   */
  traceStarts(needed: {
    readonly folder: string
    readonly preload: string
    /** The test that starts something now: a `FrameLabel` in JSON. */
    readonly test: () => string
  }): () => void
  /** Leaves word in the folder of the run of what is not traced. */
  noteStarts(folder: string, started: Started): void
}

/** What tests have started. */
export interface Started {
  readonly processes: readonly Pick<ChildProcess, 'pid' | 'spawnargs' | 'spawnfile'>[]
  readonly threads: number
}

/**
 * Has what the tests start traced, or at least known, until they have ended.
 *
 * @param test says which test is running: a `FrameLabel` in JSON
 * @returns what ends that
 */
export function followStarts(orders: ChildOrders, test: () => string): () => void {
  const { file, folder, preload } = orders
  const load = (): Starts => createRequire(file)(file)
  if (preload !== undefined) return load().traceStarts({ folder, preload, test })
  return noticeStarts((started) => load().noteStarts(folder, started))
}

/** By what Node itself says of processes and threads, if it is asked; of processes that are waited for it says nothing. */
function noticeStarts(note: (started: Started) => void): () => void {
  const processes: ChildProcess[] = []
  let threads = 0
  const onProcess = (message: unknown): void => {
    processes[processes.length] = (message as { readonly process: ChildProcess }).process
  }
  const onThread = (message: unknown): void => {
    // Node has some of its own, for hooks.
    const { worker } = message as { readonly worker: Worker }
    if (worker.constructor.name !== 'InternalWorker' && !isOfDependency()) threads++
  }
  subscribe('child_process', onProcess)
  subscribe('worker_threads', onThread)
  return () => {
    unsubscribe('child_process', onProcess)
    unsubscribe('worker_threads', onThread)
    if (processes.length + threads > 0) note({ processes, threads })
  }
}

const { set } = Reflect
const { Error: Failure } = globalThis

/** How many frames Node, and we, may have above whoever makes a thread. */
const FRAMES_ABOVE = 10

/**
 * Whether it is a dependency that makes a thread now, as compilers do for their own work: nothing else says whose file is to run
 * there.
 */
function isOfDependency(): boolean {
  const limit = Failure.stackTraceLimit
  try {
    set(Failure, 'stackTraceLimit', FRAMES_ABOVE)
    const frames = new Failure().stack?.split('\n') ?? []
    const behindNode = frames.findLastIndex((frame) => /node:internal[\\/]worker\b/.test(frame)) + 1
    return behindNode > 0 && /[\\/]node_modules[\\/]/.test(frames[behindNode] ?? '')
  } catch {
    // A program may have its own ways with stacks.
    return false
  } finally {
    set(Failure, 'stackTraceLimit', limit)
  }
}
