import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageFromNpm } from './from-npm.ts'
import { type Amount, blobs, countsFiles, coverageFiles, type Format } from './merge-data.ts'
import { printTable } from './print-table.ts'
import type { Taken } from './report-taken.ts'
import { minimum } from './series.ts'

const require = createRequire(import.meta.url)
const REPORT = import.meta.resolve('./report-taken.ts')
const LOOP = fileURLToPath(import.meta.resolve('./merging-loop.ts'))
const TSTRACE = join(dirname(fileURLToPath(import.meta.resolve('tstrace'))), '../bin/tstrace.js')

interface Tool {
  readonly name: string
  readonly format: Format
  /** Where the sum is, in the folder of the output. */
  readonly sum: string
  /** Command line of Node that merges files, all in one folder. */
  readonly command: (files: readonly string[], out: string) => readonly string[]
}

const ours: Tool = {
  name: 'tstrace merge',
  format: countsFiles,
  sum: 'sum.counts',
  command: (files, out) => [TSTRACE, 'merge', ...files, '-o', join(out, 'sum.counts')],
}

const others: readonly Tool[] = [
  {
    name: 'istanbul-lib-coverage',
    format: coverageFiles,
    sum: 'sum.json',
    command: (files, out) => [LOOP, join(out, 'sum.json'), ...files],
  },
  {
    name: 'nyc merge',
    format: coverageFiles,
    sum: 'sum.json',
    command: ([file = ''], out) => [
      join(packageFromNpm('nyc'), 'bin/nyc.js'),
      'merge',
      dirname(file),
      join(out, 'sum.json'),
    ],
  },
  {
    name: 'vitest --merge-reports',
    format: blobs,
    sum: 'sum/coverage-final.json',
    command: ([file = ''], out) => [
      join(dirname(require.resolve('vitest/package.json')), 'vitest.mjs'),
      `--root=${out}`,
      `--merge-reports=${dirname(file)}`,
      '--passWithNoTests',
      '--coverage.enabled',
      '--coverage.provider=istanbul',
      '--coverage.reporter=json',
      '--coverage.allowExternal',
      `--coverage.reportsDirectory=${join(out, 'sum')}`,
    ],
  },
]

/** 64 shards of 5,000 sources are 7 GB of coverage in JSON, which no other tool was made for. */
const amounts = {
  full: {
    ours: [64, 8].map((shards) => ({ shards, sources: 5000 })),
    all: { shards: 8, sources: 1000 },
    rounds: 3,
  },
  quick: {
    ours: [8, 2].map((shards) => ({ shards, sources: 50 })),
    all: { shards: 2, sources: 50 },
    rounds: 1,
  },
}

type Times = Pick<Measured, 'seconds' | 'processor' | 'memory'>

interface Measured {
  readonly tool: Tool
  readonly amount: Amount
  /** Of what is merged. */
  readonly bytes: number
  /** By the clock on the wall. */
  readonly seconds: number
  /** Processor time, in seconds. */
  readonly processor: number
  /** At most, in kB. */
  readonly memory: number
}

/** Measures and prints how long it takes to merge the counts of shards. */
export async function merging({ quick }: { quick: boolean }): Promise<void> {
  const { all, ours: large, rounds } = amounts[quick ? 'quick' : 'full']
  const measured: Measured[] = []
  for (const amount of large) measured.push(await measure(ours, amount, rounds))
  for (const tool of [ours, ...others]) measured.push(await measure(tool, all, rounds))
  const perSource = ({ amount, processor }: Measured): number => processor / amount.shards / amount.sources
  const same = measured[large.length]!
  console.log('Merging: shards of sources with 196 lines each\n')
  printTable(
    [
      '',
      'shards',
      'sources',
      'MB',
      'seconds',
      'processor',
      'MB/s',
      'ms per 1,000 sources',
      '× tstrace',
      'memory',
    ],
    measured.map((one) => [
      one.tool.name,
      `${one.amount.shards}`,
      `${one.amount.sources}`,
      (one.bytes / 1e6).toFixed(0),
      one.seconds.toFixed(2),
      one.processor.toFixed(2),
      (one.bytes / 1e6 / one.processor).toFixed(0),
      (perSource(one) * 1e6).toFixed(0),
      (perSource(one) / perSource(same)).toFixed(1),
      `${(one.memory / 1000).toFixed(0)} MB`,
    ]),
  )
  console.log(
    `  Best of ${rounds}, from the start of Node to its end. "MB/s" and what follows are by processor time of all threads;\n` +
      '  memory is what the process held at most. "× tstrace" is time for the same sources.\n',
  )
}

async function measure(tool: Tool, amount: Amount, rounds: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'tstrace-bench-'))
  try {
    const files = await tool.format.write(join(folder, 'shards'), amount)
    const expected = tool.format.expected(amount)
    const runs: Times[] = []
    for (let round = 0; round < rounds; round++) {
      const out = join(folder, `out-${round}`)
      mkdirSync(out)
      runs.push(await runOnce(tool.command(files, out), out))
      const total = tool.format.total(join(out, tool.sum))
      if (total !== expected) throw new Error(`${tool.name}: the sum is ${total}, not ${expected}`)
      rmSync(out, { recursive: true })
    }
    return {
      tool,
      amount,
      bytes: files.reduce((sum, file) => sum + statSync(file).size, 0),
      seconds: minimum(runs.map(({ seconds }) => seconds)),
      processor: minimum(runs.map(({ processor }) => processor)),
      memory: minimum(runs.map(({ memory }) => memory)),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function runOnce(words: readonly string[], folder: string): Promise<Times> {
  const BENCH_TAKEN = join(folder, 'taken')
  const start = performance.now()
  const child = spawn(process.execPath, ['--no-warnings', '--import', REPORT, ...words], {
    cwd: folder,
    env: { ...process.env, BENCH_TAKEN },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [status] = await once(child, 'exit')
  const seconds = (performance.now() - start) / 1000
  if (status !== 0) throw new Error(`${words[0]} ended with ${status}`)
  const { memory, processor }: Taken = JSON.parse(readFileSync(BENCH_TAKEN, 'utf8'))
  return { seconds, processor: processor / 1e6, memory }
}
