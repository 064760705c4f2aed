import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { printTable } from './print-table.ts'
import { type Program, programs } from './programs.ts'
import type { Run } from './running-child.ts'
import { maximum, median, minimum } from './series.ts'
import { MODULES, variants } from './variants.ts'

const CHILD = fileURLToPath(import.meta.resolve('./running-child.ts'))

/** Measures and prints how long programs run, plain and with counters in them. */
export async function running({ quick }: { quick: boolean }): Promise<void> {
  const [rounds, repetitions] = quick ? [1, 1] : [7, 4]
  const folder = mkdtempSync(join(tmpdir(), MODULES))
  try {
    for (const program of programs) {
      const times = await measure(program, { folder, rounds, repetitions })
      print(program, times)
    }
    console.log(
      `  ${rounds} rounds; in each, every variant runs ${repetitions} times in a process of its own, whose best time counts.\n` +
        '  "to plain" is best time to best time; median and range are of the ratios within one round.\n',
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

interface Plan {
  readonly folder: string
  readonly rounds: number
  readonly repetitions: number
}

/** The best time of each process, by variant and round. The variants take turns. */
async function measure(program: Program, { folder, rounds, repetitions }: Plan): Promise<number[][]> {
  const paths = await Promise.all(variants.map((_, at) => writeModule(program, at, folder)))
  const times: number[][] = variants.map(() => [])
  const results = new Set<Run['result']>()
  for (let round = 0; round < rounds; round++) {
    for (const [at, variant] of variants.entries()) {
      const run = await runOnce([program.name, variant.name, paths[at]!, `${repetitions}`])
      times[at]!.push(minimum(run.times))
      if (at > 0 && run.counted === 0) throw new Error(`${program.name}: ${variant.name} counted nothing`)
      if (results.add(run.result).size > 1)
        throw new Error(`${program.name}: ${variant.name} changed the result`)
    }
  }
  return times
}

async function writeModule({ file }: Program, variant: number, folder: string): Promise<string> {
  const text = await variants[variant]!.textOf(readFileSync(file, 'utf8'), basename(file))
  const path = join(folder, `${variant}`, basename(file).replace(/\.js$/, '.mjs'))
  mkdirSync(join(folder, `${variant}`), { recursive: true })
  writeFileSync(path, text)
  return path
}

async function runOnce(args: readonly string[]): Promise<Run> {
  const child = fork(CHILD, args)
  const ended = once(child, 'exit')
  const [run] = await Promise.race([once(child, 'message'), ended])
  const [status] = await ended
  if (status !== 0) throw new Error(`The process of ${args.join(', ')} ended with ${status}`)
  return run
}

function print({ name }: Program, times: readonly number[][]): void {
  console.log(`Running: ${name}\n`)
  printTable(
    ['', 'best ms', 'to plain', 'median', 'range'],
    variants.map((variant, at) => {
      const ratios = times[at]!.map((time, round) => time / times[0]![round]!)
      const [best, middle, least, most] = [
        minimum(times[at]!) / minimum(times[0]!),
        median(ratios),
        minimum(ratios),
        maximum(ratios),
      ].map((ratio) => ratio.toFixed(2))
      return [variant.name, minimum(times[at]!).toFixed(1), `${best} ×`, `${middle} ×`, `${least} to ${most}`]
    }),
  )
}
