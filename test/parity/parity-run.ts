import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Difference } from './diff-lines.ts'

export const MODES = ['live', 'count', 'functions', 'calls'] as const
export type Mode = (typeof MODES)[number]

/** What a tracer said of a program: standard output, and behind it the numbers of each listing. */
export type Said = readonly string[]

const HERE = fileURLToPath(new URL('.', import.meta.url))
const BIN = fileURLToPath(import.meta.resolve('tstrace').replace(/dist\/index\.js$/, 'bin/tstrace.js'))
const BOTH = ['--listfuncs', '--trackcalls']
const OPTIONS: Record<Mode, readonly string[]> = {
  live: ['--trace'],
  count: ['--count', '--missing', '--summary', '-C', 'out'],
  functions: BOTH,
  calls: BOTH,
}

/** Names of the pairs of programs. */
export const PAIRS: readonly string[] = globSync('fixtures/*/main.py', { cwd: HERE })
  .map((path) => path.split('/')[1] as string)
  .sort()

/** Whether this machine has the Python whose output is recorded. */
export function hasPython(): boolean {
  const { stdout } = spawnSync('python3', ['--version'], { encoding: 'utf8' })
  return stdout?.startsWith('Python 3.11.') ?? false
}

/** What Python's `trace` says of a pair's Python program. */
export function pythonSays(pair: string, mode: Mode): Said {
  return inFolder(pair, (folder) => {
    const env = { PATH: process.env.PATH ?? '', PYTHONDONTWRITEBYTECODE: '1' }
    const args = [join(HERE, 'oracle.py'), mode, 'main.py']
    const stdout = execFileSync('python3', args, { cwd: folder, env, encoding: 'utf8' })
    return asTypeScript([...linesOf(stdout, mode), ...listings(folder)], folder)
  })
}

/** By pair: what a run prints that lists functions and calls. */
const both = new Map<string, string>()

/**
 * What tstrace says of its TypeScript program. Functions and calls are from one run; what it prints with one of them alone is
 * shown by `examples.test.ts`.
 */
export function tstraceSays(pair: string, mode: Mode): Said {
  if (mode === 'live' || mode === 'count')
    return inFolder(pair, (folder) => [...linesOf(printed(folder, mode), mode), ...listings(folder)])
  const report = both.get(pair) ?? inFolder(pair, (folder) => printed(folder, mode))
  both.set(pair, report)
  const lines = linesOf(report, mode)
  const calls = lines.lastIndexOf('calling relationships:') - 1
  return mode === 'calls' ? lines.slice(calls) : lines.slice(0, calls)
}

function printed(folder: string, mode: Mode): string {
  return execFileSync(process.execPath, [BIN, ...OPTIONS[mode], 'main.ts'], { cwd: folder, encoding: 'utf8' })
}

function inFolder<Value>(pair: string, work: (folder: string) => Value): Value {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tstrace-parity-')))
  try {
    cpSync(join(HERE, 'fixtures', pair), folder, { recursive: true })
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * The lines of an output. What the program prints is in another language's form, and so is the text of a line: only that
 * there is some can be compared.
 */
function linesOf(stdout: string, mode: Mode): string[] {
  const lines = stdout.split('\n').slice(0, -1)
  const start = lines.findIndex((line) => line === '' || line.startsWith('lines '))
  if (mode !== 'live') return lines.slice(start < 0 ? lines.length : start)
  return lines.map((line) => {
    if (line.startsWith(' --- ')) return line
    const [shown] = /^\w+\.(py|ts)\(\d+\): /.exec(line) ?? []
    return shown === undefined ? 'what the program prints' : shown
  })
}

/** The part in front of the text of each line of each listing. */
function listings(folder: string): string[] {
  const out = join(folder, 'out')
  if (!existsSync(out)) return []
  const files = globSync('**/*.cover', { cwd: out }).sort()
  return files.flatMap((file) => {
    const lines = readFileSync(join(out, file), 'utf8').split('\n').slice(0, -1)
    const name = file.replace(/\.cover$/, '').replaceAll('/', '.')
    return [`${name}:`, ...lines.map((line, index) => `${index + 1}: ${line.slice(0, 7).trimEnd()}`)].filter(
      (line) => !/^\d+: $/.test(line),
    )
  })
}

/** Python's names for files as they would be in TypeScript. */
function asTypeScript(lines: readonly string[], folder: string): string[] {
  return lines.map((line) => line.replaceAll(`${folder}/`, '').replaceAll(/\.py\b/g, '.ts'))
}

/** What Python said of one program in one mode, and where tstrace says something else. */
export interface Expected {
  readonly python: Said
  /** Names of the rules in `docs/reference/parity.md` that are the reasons of the differences. */
  readonly rules: readonly string[]
  readonly differences: readonly Difference[]
}

/** The file with what is expected of a pair. */
export function expectedFile(pair: string): string {
  return join(HERE, 'fixtures', pair, 'expected.json')
}
