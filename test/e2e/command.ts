import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { NODE, plainEnvironment } from './node.ts'

/** How a command ended. Texts have no colours, and the project's folder in them is `<project>`. */
export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** The Node.js to run with; the one all scenarios run on unless given. */
  readonly node?: string
  /** Signal to send once standard output holds this text. */
  readonly interrupt?: { readonly signal: NodeJS.Signals; readonly after: string }
  /** Told of the process once it has been started. */
  readonly onStart?: (pid: number) => void
}

export interface Command {
  /** A JavaScript file. */
  readonly program: string
  readonly args: readonly string[]
  readonly folder: string
  readonly options: RunOptions
}

export function runCommand({ program, args, folder, options }: Command): Promise<Ended> {
  const env = { ...plainEnvironment(), NO_COLOR: '1', ...options.env }
  return new Promise((resolve, reject) => {
    const child = spawn(options.node ?? NODE, [program, ...args], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (child.pid !== undefined) options.onStart?.(child.pid)
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const { interrupt } = options
      if (interrupt && !stdout.includes(interrupt.after) && (stdout + text).includes(interrupt.after)) {
        child.kill(interrupt.signal)
      }
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    const plain = (text: string): string => stripVTControlCharacters(text).replaceAll(folder, '<project>')
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, stdout: plain(stdout), stderr: plain(stderr) }))
  })
}
