import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Expected } from './parity-run.ts'

/** A command, or several, that Python's `trace` and tstrace are given alike. */
export interface Example {
  readonly name: string
  /** As on the command line, behind `python3` and behind `node`; the program `trace` stands for either tracer. */
  readonly commands: readonly string[]
  /** Folders that are listed and shown afterwards. */
  readonly shown?: readonly string[]
  /** Which lines of Python's to leave out: those of its import machinery. */
  readonly without?: RegExp
}

const COUNT = 'trace --count --file counts.dat --coverdir c3 trace_example/main'

/** The examples of the PyMOTW page about `trace`, and what else its readers try first. */
export const EXAMPLES: readonly Example[] = [
  { name: 'live lines', commands: ['trace --trace --ignore-dir=$prefix trace_example/main'] },
  {
    name: 'live lines with seconds',
    commands: ['trace --trace --timing --ignore-dir=$prefix trace_example/main'],
  },
  {
    name: 'listings beside the sources',
    commands: ['trace --count trace_example/main'],
    shown: ['trace_example'],
  },
  {
    name: 'missing lines and a summary',
    commands: ['trace --count --missing --summary --coverdir c1 trace_example/main'],
    shown: ['c1'],
  },
  {
    name: 'a summary without missing lines',
    commands: ['trace --count --summary --coverdir c2 trace_example/main'],
  },
  {
    name: 'three runs and a report',
    commands: [COUNT, COUNT, COUNT, 'trace --report --summary --missing --file counts.dat --coverdir c4'],
    shown: ['c3', 'c4'],
  },
  { name: 'functions', commands: ['trace --listfuncs trace_example/main'], without: /<frozen/ },
  {
    name: 'calls',
    commands: ['trace --trackcalls trace_example/main'],
    without: / {4}<frozen.*-> <frozen|--> <frozen/,
  },
  { name: 'functions and calls of a function', commands: ['two'] },
  { name: 'functions and calls at once', commands: ['trace --listfuncs --trackcalls one_edge'] },
  { name: 'listings of a function', commands: ['prog'], shown: ['c5'] },
  { name: 'live lines of a text', commands: ['prog2'] },
]

const HERE = fileURLToPath(new URL('.', import.meta.url))
const PACKAGE = fileURLToPath(new URL('../../packages/tstrace', import.meta.url))

/** The file with what is expected of the examples. */
export const RECORDS: string = join(HERE, 'fixtures/examples/expected.json')

/** By the examples' names. */
export function recordedExamples(): Record<string, Expected> {
  return existsSync(RECORDS) ? JSON.parse(readFileSync(RECORDS, 'utf8')) : {}
}

type Language = 'py' | 'ts'

/** What Python 3.11 says, line by line; the folder it ran in is `<CWD>`, that of its library `<STDLIB>`. */
export function pythonShows(example: Example): string[] {
  const library = output('python3', ['-c', 'import os; print(os.path.dirname(os.__file__))']).trim()
  return inFolder((folder) =>
    libraryFirst(
      shownBy(example, 'py', folder)
        .filter((line) => !example.without?.test(line))
        .map((line) => line.replaceAll(folder, '<CWD>').replaceAll(library, '<STDLIB>'))
        .map((line) => line.replaceAll(folder.slice(1).replaceAll('/', '.'), '<CWD-DOTTED>')),
    ),
  )
}

/** Python lists who calls whom by the paths of files: where its library stands among them depends on the machine. */
function libraryFirst(lines: readonly string[]): string[] {
  const start = lines.findIndex((line) => line.startsWith('*** '))
  if (start < 0) return [...lines]
  const files = lines.slice(start).join('\n').split('\n\n')
  const isLibrary = (file: string): boolean => file.startsWith('*** <STDLIB>/')
  const ordered = [...files.filter(isLibrary), ...files.filter((file) => !isLibrary(file))]
  return [...lines.slice(0, start), ...ordered.join('\n\n').split('\n')]
}

/** What tstrace says, line by line. */
export function tstraceShows(example: Example): string[] {
  return inFolder((folder) => shownBy(example, 'ts', folder))
}

function output(program: string, args: readonly string[]): string {
  return spawnSync(program, args, { encoding: 'utf8' }).stdout
}

function inFolder<Value>(work: (folder: string) => Value): Value {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tstrace-example-')))
  try {
    cpSync(join(HERE, 'fixtures/examples'), folder, { recursive: true })
    cpSync(join(HERE, 'fixtures/pymotw'), join(folder, 'trace_example'), { recursive: true })
    for (const path of ['expected.json', 'trace_example/expected.json'])
      rmSync(join(folder, path), { force: true })
    mkdirSync(join(folder, 'node_modules'))
    symlinkSync(PACKAGE, join(folder, 'node_modules/tstrace'))
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Standard output, what is on standard error behind it, and the files. */
function shownBy({ commands, shown = [] }: Example, language: Language, folder: string): string[] {
  const said = commands.flatMap((command) => ran(command, language, folder))
  const files = shown.flatMap((place) => globSync(`${place}/**/*.cover`, { cwd: folder })).sort()
  return [
    ...said,
    ...files.flatMap((file) => [`# ${file}`, ...linesOf(readFileSync(join(folder, file), 'utf8'))]),
  ].map((line) => line.replace(/^\d+\.\d\d (?=\w+\.\w+\(\d+\): )/, '0.00 '))
}

function ran(command: string, language: Language, folder: string): string[] {
  const words = command
    .split(' ')
    .map((word) => (/^(trace_example\/main|one_edge|two|prog2?)$/.test(word) ? `${word}.${language}` : word))
  // Packages of the machine hook into imports, and Python would write listings beside them.
  const tracer = language === 'py' ? ['-m', 'trace'] : [join(PACKAGE, 'bin/tstrace.js')]
  const args = words[0] === 'trace' ? [...tracer, ...words.slice(1)] : words
  const machine = language === 'py' ? ['-S'] : []
  const program = language === 'py' ? 'python3' : process.execPath
  const env = { PATH: process.env.PATH ?? '', PYTHONDONTWRITEBYTECODE: '1' }
  const { stderr, stdout } = spawnSync(program, [...machine, ...args], { cwd: folder, env, encoding: 'utf8' })
  // Ours alone says that there are new files among the sources: a difference that docs/reference/parity.md names.
  const said = linesOf(stderr).filter((line) => !/^tstrace: \d+ listings? stand(s)? beside /.test(line))
  return [...linesOf(stdout), ...said.map((line) => `[stderr] ${line}`)]
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n')
}

/** What Python showed as it would be of the programs in TypeScript: other names of files, and other text on each line. */
export function asTypeScript(lines: readonly string[]): string[] {
  let listing: Pair | undefined
  let number = 0
  return lines.map((line) => {
    const [, head] = /^# .*?(\w+)\.cover$/.exec(line) ?? []
    if (head !== undefined) {
      listing = pairOf(head)
      number = 0
      return line
    }
    if (listing) return line.slice(0, 7) + translated(listing, ++number, line.slice(7))
    const [, shown = '', module = '', at, text = ''] =
      /^((?:0\.00 )?(\w+)\.py\((\d+)\): )(.*)$/.exec(line) ?? []
    if (at === undefined) return line.replaceAll(/\.py\b/g, '.ts')
    return shown.replace('.py(', '.ts(') + translated(pairOf(module), Number(at), text)
  })
}

type Pair = Readonly<Record<Language, readonly string[]>>

function pairOf(module: string): Pair {
  const text = (language: Language): string[] =>
    linesOf(readFileSync(join(HERE, 'fixtures/pymotw', `${module}.${language}`), 'utf8'))
  return { py: text('py'), ts: text('ts') }
}

/** The line of the other program, if what is shown is the line of this one; else what is shown. */
function translated({ py, ts }: Pair, number: number, text: string): string {
  return py[number - 1] === text ? (ts[number - 1] ?? '') : text
}
