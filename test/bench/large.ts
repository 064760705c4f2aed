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

/** Vitest keeps transformed modules on disk: what is found there is not transformed again. */
const CACHES = ['cold', 'cached']

function run(folder: string, kind: string, cache: string): Figures {
  if (cache === 'cold') rmSync(join(folder, 'cache'), { recursive: true, force: true })
  const vitest = join(folder, 'node_modules/vitest/vitest.mjs')
  const reporters = ['--reporter=dot', '--reporter=./stopwatch.mjs', ...(KINDS[kind] ?? [])]
  const args = [vitest, 'run', '--fsModuleCachePath=cache', ...reporters]
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
  const rows = Object.keys(KINDS).flatMap((kind) => CACHES.map((cache) => ({ kind, cache })))
  const runs = rows.map((row) => ({ ...row, figures: [] as Figures[] }))
  try {
    for (let round = 0; round < rounds; round++)
      for (const { cache, figures, kind } of runs) figures.push(run(folder, kind, cache))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const middle = (kind: string, cache: string, which: keyof Figures): number =>
    median(
      runs.flatMap((row) =>
        row.kind === kind && row.cache === cache ? row.figures.map((f) => f[which]) : [],
      ),
    )
  const { isolate, lines, sources, testFiles } = size
  const processes = isolate ? 'each in a process of its own' : 'in two processes'
  console.log(
    `${testFiles.toLocaleString('en')} test files, ${processes}, × ${sources} sources of ${lines.toLocaleString('en')} lines\n`,
  )
  printTable(
    ['', 'end, ms', 'above plain', 'processor, ms', 'whole run, ms', 'memory, MB', 'to plain'],
    rows.map(({ cache, kind }) => [
      `${kind}, ${cache}`,
      middle(kind, cache, 'wall').toFixed(0),
      (middle(kind, cache, 'wall') - middle('plain', cache, 'wall')).toFixed(0),
      middle(kind, cache, 'processor').toFixed(0),
      middle(kind, cache, 'whole').toFixed(0),
      middle(kind, cache, 'memory').toFixed(0),
      `${(middle(kind, cache, 'memory') / middle('plain', cache, 'memory')).toFixed(2)} ×`,
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
