import { join } from 'node:path'
import { setTimeout as later } from 'node:timers'
import { isMainThread, parentPort } from 'node:worker_threads'
import { drain, type FrameLabel, OF_PROGRAMS, RunningContexts, WorkerFile } from '@tstrace/core/program'
import { type RuntimeState, stateOf } from '@tstrace/instrument/runtime'
import { handledFile, heardFile, LEAVE, SIGNALS } from './orders.ts'
import { holdNotes, noteRefused, releaseNotes } from './started-file.ts'
import { writeUnseen } from './write-unseen.ts'

/*
 * By rules of its own, not the budget of test runs (`FlushBudget`): there, tests end all the time. A program may run for days
 * and then answer a thousand times within a second, and what was not spent on flushing until then must not be spent at once.
 */

/** Milliseconds between timed flushes, which grow with the time a program runs: least and most. */
const LEAST = 100
const MOST = 10_000

/** A flush may come this part of the running time after the one before. */
const SHARE = 20

/** Taken before the program can replace them. */
const { hrtime } = process
const { apply, set } = Reflect
const { max, min } = Math
const OF_NO_TEST: FrameLabel = { testFile: '', project: '' }

/** In milliseconds. Whoever asks `performance` has Node load more than a clock. */
function clock(): number {
  const now = hrtime()
  return now[0] * 1e3 + now[1] / 1e6
}

export interface Leaving {
  /** Absolute path of the folder of the run. */
  readonly folder: string
  /** Sentences for the report; they are taken out. */
  readonly problems: string[]
  /** That of this thread, before anything has run. */
  readonly state: RuntimeState
  /** The test that has started this process or thread: what it counts belongs there. Default: there are no tests. */
  readonly test?: FrameLabel | undefined
}

/**
 * Leaves what this thread counts in the folder of the run: at its end, before a signal ends it, before a worker thread
 * answers, and from time to time. Who runs nothing that counts can lose nothing, and leaves nothing.
 */
export function leaveCounts({ folder, problems, state, test }: Leaving): void {
  const label = test ?? OF_NO_TEST
  let file: WorkerFile | undefined
  const begin = (): WorkerFile => {
    if (file) return file
    file = new WorkerFile(folder, label, test !== undefined)
    if (isMainThread) return file
    // Nobody tells a thread that its process is about to have fewer rights, or has them no longer.
    if (file.isReady()) file.hold()
    else noteRefused(process.argv[1])
    return file
  }
  Reflect.set(state, 'files', beforeEach(state.files, begin))
  state.take = () => belowProgram(flush)
  const contexts = new RunningContexts(state.take, OF_PROGRAMS)
  // What a test has started is of that test, whatever it names.
  if (!test) state.contexts = contexts
  let spent = 0
  const flush = (realm?: object): void => {
    if (file && !file.isReady()) return
    const start = clock()
    const frame = drain(test ?? { ...label, context: contexts.text }, { problems, state, realm })
    problems.length = 0
    if (frame) begin().append(frame)
    spent = clock() - start
  }
  const end = (): void => {
    flush(file && globalThis)
    file?.close()
  }
  const endHere = (): void => {
    end()
    file = undefined
  }
  atEnd(end)
  acrossRights({
    hold: () => {
      begin().hold()
      holdNotes(folder)
    },
    release: () => {
      file?.release()
      releaseNotes()
    },
  })
  beforeAnother(endHere)
  inTime(flush)
  // For the command, where this process is too busy to hear a signal.
  Object.defineProperty(process, Symbol.for(LEAVE), { value: end, configurable: true })
  if (isMainThread) beforeSignals(folder, { flush, end })
  else beforeAnswers(flush, () => spent)
}

/** The object, into which nothing is put before something is done. */
function beforeEach<Value extends object>(values: Value, action: () => void): Value {
  const handler: ProxyHandler<Value> = {
    set(_, name, value) {
      action()
      return set(values, name, value)
    },
  }
  // What a handler lacks is looked for in its prototype, where a program may have put it.
  return new Proxy(values, Object.setPrototypeOf(handler, null))
}

/** Behind the program's own listeners, whose lines count too, and before what ends the process from within. */
function atEnd(leave: () => void): void {
  const { emit } = process
  // A thread cannot abort, and goes on when it tries.
  for (const name of isMainThread ? ['reallyExit', 'abort'] : ['reallyExit']) {
    const end: unknown = Reflect.get(process, name)
    if (typeof end !== 'function') continue
    replace(process, name as never, function leaveThenEnd(this: unknown, ...args: unknown[]) {
      leave()
      return apply(end, this, args)
    })
  }
  replace(process, 'emit', function emitThenLeave(this: NodeJS.Process, ...args: unknown[]) {
    if (args[0] !== 'exit') return apply(emit, this, args)
    try {
      return apply(emit, this, args)
    } finally {
      leave()
    }
  })
}

/** Who gives up rights cannot open files of the folder afterwards; some take them back. */
function acrossRights({ hold, release }: { readonly hold: () => void; readonly release: () => void }): void {
  if (!isMainThread) return
  for (const name of ['setuid', 'seteuid'] as const) {
    const change: unknown = Reflect.get(process, name)
    if (typeof change !== 'function') continue
    replace(process, name, function holdThenChange(this: unknown, ...args: unknown[]) {
      hold()
      try {
        return apply(change, this, args)
      } finally {
        release()
      }
    })
  }
}

/** Another program takes the place of this one, in the same process; where it cannot, this one goes on. */
function beforeAnother(leave: () => void): void {
  const execve: unknown = Reflect.get(process, 'execve')
  if (typeof execve !== 'function') return
  replace(process, 'execve' as never, function leaveThenExecute(this: unknown, ...args: unknown[]) {
    belowProgram(leave)
    return apply(execve, this, args)
  })
}

function inTime(flush: () => void): void {
  const start = clock()
  const again = (): void => {
    flush()
    wait()
  }
  const wait = (): void => {
    const after = min(MOST, max(LEAST, (clock() - start) / SHARE))
    later(again, after).unref()
  }
  wait()
}

/** Whoever started a worker thread often ends it when it has answered. */
function beforeAnswers(flush: () => void, cost: () => number): void {
  if (!parentPort) return
  const { postMessage } = parentPort
  let last = 0
  replace(parentPort, 'postMessage', function flushThenPost(this: unknown, ...args: unknown[]) {
    if (clock() - last > 50 * cost()) {
      belowProgram(flush)
      last = clock()
    }
    return apply(postMessage, this, args)
  })
}

/*
 * A signal that nobody listens to ends a process at once. So somebody has to listen, which then has to look as if nobody
 * did: before the program's own listeners are called it has gone, and if there are none it sends the signal again.
 */
function beforeSignals(folder: string, { end, flush }: { flush: () => void; end: () => void }): void {
  const { kill } = process
  for (const signal of SIGNALS) {
    const listener = (): void => {
      say(folder, heardFile(process.pid, signal))
      process.removeListener(signal, listener)
      if (process.listenerCount(signal) > 0) {
        flush()
        later(listen, 0).unref()
      } else {
        end()
        kill.call(process, process.pid, signal)
      }
    }
    const listen = (): void => {
      const listeners = process.listeners(signal)
      for (let at = 0; at < listeners.length; at++) if (listeners[at] === listener) return
      process.prependListener(signal, listener)
    }
    listen()
    process.on('newListener', (name, added) => {
      if (name === signal && added !== listener) say(folder, handledFile(process.pid, signal))
    })
  }
  // A process that ends itself does not come back from there.
  replace(
    process,
    'kill',
    function leaveThenKill(this: NodeJS.Process, pid: number, signal?: string | number) {
      const name = endingSignal(signal ?? 'SIGTERM')
      if (pid === process.pid && name && process.listenerCount(name) === 1) {
        end()
        process.removeAllListeners(name)
      } else if (pid === process.pid && (signal === 'SIGKILL' || signal === 9)) end()
      else if (pid === process.pid && signal !== 0 && !name) belowProgram(flush)
      return apply(kill, this, signal === undefined ? [pid] : [pid, signal])
    },
  )
}

function endingSignal(sent: string | number): (typeof SIGNALS)[number] | undefined {
  for (let at = 0; at < SIGNALS.length; at++) if (SIGNALS[at] === sent) return SIGNALS[at]
  return undefined
}

/** Flushing forgets which function is the current one, since it mostly happens where there is none. */
function belowProgram(flush: () => void): void {
  const at = stateOf(globalThis)?.at
  const current = at?.[0] ?? 0
  flush()
  if (at) at[0] = current
}

/** By a file that is there, with nothing in it. */
function say(folder: string, file: string): void {
  try {
    writeUnseen(join(folder, file), '', 'w')
  } catch {
    // Whoever wanted to know has gone.
  }
}

function replace<Owner extends object>(owner: Owner, name: keyof Owner & string, by: unknown): void {
  Object.defineProperty(owner, name, { value: by, writable: true, configurable: true, enumerable: false })
}
