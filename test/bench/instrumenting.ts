import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { instrumenters } from './instrumenters.ts'
import { printTable } from './print-table.ts'
import { median, minimum, noise } from './series.ts'
import { readSources } from './sources.ts'

const CHILD = fileURLToPath(import.meta.resolve('./instrumenting-child.ts'))

/** Measures and prints how long instrumenting takes. */
export async function instrumenting(options: { quick: boolean }): Promise<void> {
  const { quick } = options
  const sets = readSources(quick)
  const [warmUps, passes] = quick ? [0, 1] : [2, 5]
  const times = await measure(warmUps, passes)
  const columns = [...sets.map(({ lines }, set) => ({ lines, pick: (pass: number[]) => pass[set]! }))]
  columns.push({ lines: sets.reduce((sum, { lines }) => sum + lines, 0), pick: (pass) => sum(pass) })

  console.log(
    `Instrumenting with source map: milliseconds per 1,000 lines, best of ${passes} passes (median)\n`,
  )
  const perThousand = times.map((tool) =>
    columns.map(({ lines, pick }) => tool.map((pass) => (pick(pass) / lines) * 1000)),
  )
  const ours = perThousand[1]!.map(minimum)
  printTable(
    ['', ...sets.map(({ name }) => name), 'all', '× tstrace with calls', 'noise'],
    instrumenters.map(({ name }, tool) => [
      name,
      ...perThousand[tool]!.map((series) => `${minimum(series).toFixed(2)} (${median(series).toFixed(2)})`),
      (minimum(perThousand[tool]!.at(-1)!) / ours.at(-1)!).toFixed(2),
      `${noise(perThousand[tool]!.at(-1)!).toFixed(0)} %`,
    ]),
  )
  for (const { name, sources, lines, size } of sets) {
    console.log(
      `  ${name}: ${sources.length} files, ${lines.toLocaleString('en')} lines, ${(size / 1000).toFixed(0)} kB`,
    )
  }
  console.log()
}

/** Times by tool, pass and set. The tools take turns, so that what disturbs the machine disturbs all of them. */
async function measure(warmUps: number, passes: number): Promise<number[][][]> {
  const children = instrumenters.map(({ name }) => fork(CHILD, [name]))
  try {
    const times: number[][][] = instrumenters.map(() => [])
    for (let round = 0; round < warmUps + passes; round++) {
      for (const [tool, child] of children.entries()) {
        const pass = await onePass(child)
        if (round >= warmUps) times[tool]!.push(pass)
      }
    }
    return times
  } finally {
    for (const child of children) child.kill()
  }
}

async function onePass(child: ChildProcess): Promise<number[]> {
  child.send('pass')
  const ended = once(child, 'exit').then(([status]) => {
    throw new Error(`An instrumenting process ended with ${status}`)
  })
  const [pass] = await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {})
  return pass
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
