import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { NODE, plainEnvironment } from '../node.ts'

const BIN = fileURLToPath(import.meta.resolve('tstrace').replace(/dist\/index\.js$/, 'bin/tstrace.js'))

/** How a process ended; the folder of its test is `<folder>` in texts. */
export interface Ended {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly node?: string
  readonly env?: Readonly<Record<string, string>>
  /** Signal to send once standard output holds this text: to the process alone, or to its group as terminals do. */
  readonly interrupt?: {
    readonly signal: NodeJS.Signals
    readonly after: string
    readonly group?: boolean
  }
  /** Kills it, so that it can do nothing about it. */
  readonly killed?: AbortSignal
  /** Told of the process once it has been started. */
  readonly onStart?: (pid: number) => void
  /** How many bytes of standard output are read before it is closed. */
  readonly closeAfter?: number
}

/** A folder with files in it, gone after the test. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tstrace-test-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

/** Runs `tstrace` in a folder. */
export function tstrace(folder: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  return run(folder, [BIN, ...args], options)
}

/** Runs Node without us. */
export function run(folder: string, args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const child = spawn(options.node ?? NODE, args, {
    cwd: folder,
    env: { ...plainEnvironment(), NO_COLOR: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: options.interrupt?.group ?? false,
  })
  if (child.pid !== undefined) options.onStart?.(child.pid)
  options.killed?.addEventListener('abort', () => child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  const { closeAfter = Number.POSITIVE_INFINITY, interrupt } = options
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const before = stdout
    stdout += text
    if (stdout.length >= closeAfter) child.stdout.destroy()
    if (interrupt && !before.includes(interrupt.after) && stdout.includes(interrupt.after))
      process.kill((interrupt.group ? -1 : 1) * (child.pid as number), interrupt.signal)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const named = (text: string): string => text.replaceAll(folder, '<folder>')
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) => {
      resolve({ status, signal, stdout: named(stdout), stderr: named(stderr) })
    })
  })
}
