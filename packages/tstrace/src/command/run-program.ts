import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isToBeCompiled } from '@tstrace/core/source-file'
import {
  handledFile,
  hasSynchronousHooks,
  heardFile,
  LEAVE,
  SIGNALS,
  type TracedProcesses,
  tracedEnvironment,
} from '@tstrace/node'
import { canInterrupt, freePort, interruptProgram } from './interrupt-program.ts'

/** How a program ended: by itself with a status, or by a signal. */
export interface ProgramEnd {
  readonly status: number
  readonly signal: NodeJS.Signals | null
}

export interface ProgramStart {
  readonly folder: string
  readonly orders: TracedProcesses['orders']
  /** What Node is told: the program and its arguments. */
  readonly words: readonly string[]
}

/** Milliseconds after which a signal for both of us should have reached the program too. */
const REACHED = 100

/** Milliseconds that a program has to notice a signal before it is taken for busy. */
const NOTICED = 1000

/**
 * Runs a program in a Node of its own with the same standard streams. Signals for us are signals for it.
 */
export async function runProgram({ folder, orders, words }: ProgramStart): Promise<ProgramEnd> {
  const isDebugged = /--inspect/.test(`${process.env.NODE_OPTIONS} ${process.execArgv}`)
  const port = isDebugged || !canInterrupt() ? undefined : await freePort().catch(() => undefined)
  const nodeOptions = port === undefined ? '' : `--inspect-port=${port} --inspect-publish-uid=http`
  const child = spawn(process.execPath, [...process.execArgv, ...wayThroughHooks(words), ...words], {
    stdio: 'inherit',
    env: tracedEnvironment({ folder, orders, nodeOptions }),
  })
  let stopped: NodeJS.Signals | null = null
  const listeners = SIGNALS.map((signal) => {
    const listener = (): void => {
      const pid = child.pid as number
      const noticed = (): boolean => existsSync(join(folder, heardFile(pid, signal)))
      const isHandled = (): boolean => existsSync(join(folder, handledFile(pid, signal)))
      const pass = (): unknown => !noticed() && child.kill(signal)
      // A terminal has told the program too, and so has who sends signals to a group of processes.
      setTimeout(pass, REACHED).unref()
      const end = async (): Promise<void> => {
        if (noticed() || isHandled()) return
        stopped = signal
        if (port !== undefined) await interruptProgram(pid, port, `process[Symbol.for('${LEAVE}')]()`)
        child.kill('SIGKILL')
      }
      setTimeout(() => void end(), NOTICED).unref()
    }
    process.on(signal, listener)
    return { signal, listener }
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (status, signal) => {
      for (const { signal: name, listener } of listeners) process.off(name, listener)
      resolve({ status: status ?? 0, signal: stopped ?? signal })
    })
  })
}

/** A Node without synchronous hooks takes programs it cannot run itself for CommonJS unless it imports something first. */
function wayThroughHooks([program = '']: readonly string[]): string[] {
  const isKnown = hasSynchronousHooks() || !isToBeCompiled(program)
  return isKnown ? [] : ['--import', 'data:text/javascript,']
}
