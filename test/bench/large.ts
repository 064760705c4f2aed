/*
 * What tstrace adds to the end of a large run and to the memory of Vitest's main process. Plain and traced runs take turns.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { arch, availableParallelism, cpus, loadavg, platform } from 'node:os'
import { join } from 'node:path'
import { largeProject, type ProjectSize } from './large-project.ts'
import { printTable } from './print-table.ts'
import { median } from './series.ts'

const isQuick = process.env.BENCH_QUICK === '1'
const rounds = isQuick ? 1 : Number(process.env.BENCH_ROUNDS ?? 3)

const SIZES: readonly ProjectSize[] = isQuick
  ? [{ testFiles: 10, sources: 3, lines: 500, isolate: true }]
  : [
      { testFiles: 1_500, sources: 20, lines: 500, isolate: false },
      { testFiles: 300, sources: 20, lines: 5_000, isolate: true },
    ]

const KINDS: Readonly<Record<string, readonly string[]>> = {
  plain: [],
  traced: ['--reporter=tstrace'],
  'traced with calls': ['--reporter=tstrace'],
}

/** Times in milliseconds, memory in megabytes; all of the main process. */
interface Figures {
  /** From the last test file's end to that of the process. */
  readonly wall: number
  /** Processor time in between. */
  readonly processor: number
  /** Processor time of the whole run. */
  readonly whole: number
  /** At its highest. */
  readonly memory: number
}

function run(folder: string, kind: string): Figures {
  const vitest = join(folder, 'node_modules/vitest/vitest.mjs')
  const args = [vitest, 'run', '--reporter=dot', '--reporter=./stopwatch.mjs', ...(KINDS[kind] ?? [])]
  const env = { ...process.env, TSTRACE: kind.endsWith('calls') ? '--trackcalls' : '' }
  const { status, stderr, stdout } = spawnSync(process.execPath, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    maxBuffer: 1e9,
  })
  if (status !== 0) throw new Error(`Vitest ended with ${status}:\n${stdout}\n${stderr}`)
  return JSON.parse(readFileSync(join(folder, 'figures.json'), 'utf8'))
}

function measure(size: ProjectSize): void {
  const folder = largeProject(size)
  const runs = new Map(Object.keys(KINDS).map((kind) => [kind, [] as Figures[]]))
  try {
    for (let round = 0; round < rounds; round++)
      for (const [kind, figures] of runs) figures.push(run(folder, kind))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const middle = (kind: string, which: keyof Figures): number =>
    median((runs.get(kind) ?? []).map((figures) => figures[which]))
  const { isolate, lines, sources, testFiles } = size
  const processes = isolate ? 'each in a process of its own' : 'in two processes'
  console.log(
    `${testFiles.toLocaleString('en')} test files, ${processes}, × ${sources} sources of ${lines.toLocaleString('en')} lines\n`,
  )
  printTable(
    ['', 'end, ms', 'above plain', 'processor, ms', 'whole run, ms', 'memory, MB', 'to plain'],
    Object.keys(KINDS).map((kind) => [
      kind,
      middle(kind, 'wall').toFixed(0),
      (middle(kind, 'wall') - middle('plain', 'wall')).toFixed(0),
      middle(kind, 'processor').toFixed(0),
      middle(kind, 'whole').toFixed(0),
      middle(kind, 'memory').toFixed(0),
      `${(middle(kind, 'memory') / middle('plain', 'memory')).toFixed(2)} ×`,
    ]),
  )
}

const load = loadavg().map((average) => average.toFixed(1))
console.log(
  `Node ${process.version}, ${platform()} ${arch()}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}, ` +
    `load ${load.join(' ')}, ${rounds} rounds\n`,
)
for (const size of SIZES) measure(size)
console.log(
  '  Of the main process, medians: "end" is from the end of the last test file to the end of the process, "processor" the',
)
console.log('  processor time in between, "memory" the highest resident set.')
