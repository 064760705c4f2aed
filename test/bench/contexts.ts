/*
 * `npm run bench:contexts -- FOLDER [WORDS…]`: what it costs to keep contexts apart, on the tests of a project whose Vitest and
 * tstrace are installed there; WORDS go to Vitest. Processor time of all processes together; the kinds of runs take turns.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { CoverageResults } from 'tstrace'
import { printTable } from './print-table.ts'
import { maximum, median, minimum } from './series.ts'
import { timedRun } from './timed-run.ts'

const rounds = Number(process.env.BENCH_ROUNDS ?? 7)
const KINDS = ['plain', 'off', 'file', 'test'] as const
type Kind = (typeof KINDS)[number]

const [given = '.', ...words] = process.argv.slice(2)
const folder = resolve(given)
const places = mkdtempSync(join(tmpdir(), 'bench-contexts-'))

function countsFile(kind: Kind): string {
  return join(places, `${kind}.counts`)
}

/** Seconds of processor time. */
function run(kind: Kind): number {
  rmSync(countsFile(kind), { force: true })
  const reporter = kind === 'plain' ? [] : ['--reporter=tstrace']
  const vitest = [join(folder, 'node_modules/vitest/vitest.mjs'), 'run', ...reporter, ...words]
  const env = { TSTRACE: kind === 'plain' ? '' : `--contexts ${kind} -R -f ${countsFile(kind)}` }
  return timedRun(folder, vitest, env).processor / 1000
}

function reportSize(): void {
  const results = new CoverageResults(countsFile('test'), { root: folder })
  const tests = results.contexts().filter(({ kind }) => kind === 'test')
  const pairs = tests.reduce((sum, test) => sum + results.of(test).versions().length, 0)
  const [off, file, test] = KINDS.slice(1).map((kind) => statSync(countsFile(kind)).size) as [
    number,
    number,
    number,
  ]
  console.log(
    `${tests.length} tests, ${results.versions().length} sources, ${pairs} pairs of a test and a source it ran`,
  )
  console.log(
    `counts file: ${off} bytes off, ${file} by file, ${test} by test: ${((test - off) / pairs).toFixed(1)} a pair\n`,
  )
}

try {
  for (const kind of KINDS) run(kind)
  const times = new Map(KINDS.map((kind) => [kind, [] as number[]]))
  for (let round = 0; round < rounds; round++) for (const [kind, found] of times) found.push(run(kind))
  const off = times.get('off') as number[]
  console.log(
    `Node ${process.version}, ${availableParallelism()} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(1)}, ${rounds} rounds\n`,
  )
  printTable(
    ['contexts', 'processor, s', 'least', 'most', 'to off', 'least', 'most'],
    [...times].map(([kind, found]) => {
      const ratios = found.map((time, round) => time / (off[round] as number))
      return [
        kind,
        ...[median(found), minimum(found), maximum(found)].map((time) => time.toFixed(2)),
        ...[median(found) / median(off), minimum(ratios), maximum(ratios)].map((ratio) => ratio.toFixed(3)),
      ]
    }),
  )
  reportSize()
} finally {
  rmSync(places, { recursive: true, force: true })
}
