import { spawn } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isToBeCompiled } from '@tstrace/instrument/source-file'
import {
  handledFile,
  hasSynchronousHooks,
  heardFile,
  LEAVE,
  newStart,
  noteStarted,
  SIGNALS,
  STARTED_VARIABLE,
} from '@tstrace/node'
import { canInterrupt, freePort, interruptProgram } from './interrupt-program.ts'

/** How a program ended: by itself with a status, or by a signal. */
export interface ProgramEnd {
  readonly status: number
  readonly signal: NodeJS.Signals | null
}

export interface ProgramStart {
  /** Of the run; undefined where the program is not traced. */
  readonly folder: string | undefined
  readonly environment: NodeJS.ProcessEnv
  /** What Node is told: the program and its arguments. */
  readonly words: readonly string[]
}

/** Milliseconds after which a signal for both of us should have reached the program too. */
const REACHED = 100

/** Milliseconds that a program has to notice a signal before it is taken for busy. */
const NOTICED = 1000

/** A program that has been started. */
export interface StartedProgram {
  readonly ended: Promise<ProgramEnd>
}

/**
 * Starts a program in a Node of its own with the same standard streams. Signals for us are signals for it.
 */
export async function startProgram({ environment, folder, words }: ProgramStart): Promise<StartedProgram> {
  const isDebugged = /--inspect/.test(`${process.env.NODE_OPTIONS} ${process.execArgv}`)
  const port = folder === undefined || isDebugged || !canInterrupt() ? undefined : await freePort()
  const inspector = port === undefined ? [] : [`--inspect-port=${port} --inspect-publish-uid=http`]
  const options = [environment.NODE_OPTIONS, ...inspector].filter(Boolean).join(' ')
  const start = newStart()
  const child = spawn(process.execPath, [...process.execArgv, ...wayThroughHooks(words), ...words], {
    stdio: 'inherit',
    env: { ...environment, ...(options !== '' && { NODE_OPTIONS: options }), [STARTED_VARIABLE]: start },
  })
  if (folder !== undefined && child.pid !== undefined) noteStarted(folder, start, words[0] ?? '')
  let stopped: NodeJS.Signals | null = null
  const listeners = SIGNALS.map((signal) => {
    let times = 0
    const listener = (): void => {
      const pid = child.pid as number
      const isThere = (name: string): boolean => folder !== undefined && existsSync(join(folder, name))
      const noticed = (): boolean => isThere(heardFile(pid, signal))
      const isHandled = (): boolean => isThere(handledFile(pid, signal))
      const pass = (): unknown => !noticed() && child.kill(signal)
      // A terminal has told the program too, and so has who sends signals to a group of processes.
      setTimeout(pass, REACHED).unref()
      const end = async (): Promise<void> => {
        if (noticed() || isHandled()) return
        // It may have noticed, and have no place to say so: only who sends the signal again insists.
        times++
        if (times === 1 && !isWritable(folder)) return
        stopped = signal
        if (port !== undefined) await interruptProgram(pid, port, `process[Symbol.for('${LEAVE}')]()`)
        child.kill('SIGKILL')
      }
      setTimeout(() => void end(), NOTICED).unref()
    }
    process.on(signal, listener)
    return { signal, listener }
  })
  const ended = new Promise<ProgramEnd>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (status, signal) => {
      for (const { signal: name, listener } of listeners) process.off(name, listener)
      resolve({ status: status ?? 0, signal: stopped ?? signal })
    })
  })
  return { ended }
}

function isWritable(folder: string | undefined): boolean {
  if (folder === undefined) return false
  try {
    const file = join(folder, 'writable')
    writeFileSync(file, '')
    rmSync(file)
    return true
  } catch {
    return false
  }
}

/** A Node without synchronous hooks takes programs it cannot run itself for CommonJS unless it imports something first. */
function wayThroughHooks([program = '']: readonly string[]): string[] {
  const isKnown = hasSynchronousHooks() || !isToBeCompiled(program)
  return isKnown ? [] : ['--import', 'data:text/javascript,']
}
