import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

/** Major versions of Vitest; each has a workspace in `runners/`. */
export type Major = 3 | 4 | 5

export const MAJORS: readonly Major[] = [3, 4, 5]

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url))

/** How a command ended. Texts have no colours, and the project's folder in them is `<project>`. */
export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** The Node.js to run with; the one of these tests unless given. */
  readonly node?: string
  /** Signal to send once standard output holds this text. */
  readonly interrupt?: { readonly signal: NodeJS.Signals; readonly after: string }
}

/** A copy of a fixture in a fresh folder where `vitest` is the wanted one and tstrace is installed. */
export interface VitestProject {
  readonly folder: string
  vitest(args: readonly string[], options?: RunOptions): Promise<Ended>
  read(path: string): string
  write(path: string, text: string): void
}

/** @param fixture Folder that is copied. */
export function vitestProject(major: Major, fixture: URL): VitestProject {
  const runner = join(REPOSITORY, `runners/vitest-${major}`)
  mkdirSync(join(runner, 'runs'), { recursive: true })
  const place = mkdtempSync(join(runner, 'runs/'))
  install(place)
  const folder = join(place, 'project')
  cpSync(fileURLToPath(fixture), folder, { recursive: true })
  const program = join(major === 5 ? REPOSITORY : runner, 'node_modules/vitest/vitest.mjs')
  return {
    folder,
    vitest: (args, options = {}) => run({ program, args: ['run', ...args], folder, options }),
    read: (path) => readFileSync(join(folder, path), 'utf8'),
    write(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    },
  }
}

/**
 * Copies what would be packed, so that everything resolves as it does for a user; one folder up, because Vitest 4
 * and 5 look for reporters from there first, and would find the repository's own packages.
 */
function install(folder: string): void {
  const packages = {
    'packages/core': '@tstrace/core',
    'packages/vitest': '@tstrace/vitest',
    'packages/tstrace': 'tstrace',
  }
  for (const [from, name] of Object.entries(packages)) {
    for (const part of ['package.json', 'dist']) {
      cpSync(join(REPOSITORY, from, part), join(folder, 'node_modules', name, part), { recursive: true })
    }
  }
}

interface Command {
  readonly program: string
  readonly args: readonly string[]
  readonly folder: string
  readonly options: RunOptions
}

function run({ program, args, folder, options }: Command): Promise<Ended> {
  const { PATH = '', HOME = '', TMPDIR } = process.env
  const env = { PATH, HOME, ...(TMPDIR && { TMPDIR }), NO_COLOR: '1', ...options.env }
  return new Promise((resolve, reject) => {
    const child = spawn(options.node ?? process.execPath, [program, ...args], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
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
