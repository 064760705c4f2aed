/*
 * How much longer programs from npm take when tstrace counts them, beside c8 and nyc: by the clock, and in processor time of all
 * their processes. The tools take turns.
 */
import { rmSync } from 'node:fs'
import { arch, availableParallelism, cpus, loadavg, platform } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandFile, commandFolder, toolFile } from './command-folder.ts'
import { COMMAND_PROGRAMS, type CommandProgram } from './command-programs.ts'
import { printTable } from './print-table.ts'
import { maximum, median, minimum } from './series.ts'
import { type TimedRun, timedRun } from './timed-run.ts'

const TSTRACE = fileURLToPath(new URL('../../packages/tstrace/bin/tstrace.js', import.meta.url))
const rounds = process.env.BENCH_QUICK === '1' ? 1 : Number(process.env.BENCH_ROUNDS ?? 5)

interface Tool {
  readonly name: string
  /** What stands in front of the program. */
  readonly words: (program: CommandProgram) => readonly string[]
  /** How many lines or statements it says there are. */
  readonly counted: (output: string) => number | undefined
}

const TOOLS: readonly Tool[] = [
  { name: 'plain', words: () => [], counted: () => undefined },
  {
    name: 'tstrace',
    words: () => [TSTRACE, '--count', '--missing', '--summary', '-C', 'out'],
    counted: (output) =>
      sum([...output.matchAll(/^ *(\d+) {3} *\d+% {3}\S+ {3}\(.*\)$/gm)].map(([, n]) => Number(n))),
  },
  istanbulTool('c8'),
  istanbulTool('nyc'),
]

function istanbulTool(name: 'c8' | 'nyc'): Tool {
  const file = toolFile(name)
  return {
    name,
    words: (program) => [
      ...[file, '--exclude-node-modules=false', '--include', `node_modules/${program.name}/**`],
      ...['--reporter', 'text-summary', process.execPath],
    ],
    counted: (output) => Number(/^Statements *: .*\( \d+\/(\d+) \)$/m.exec(output)?.[1]),
  }
}

function run(folder: string, words: readonly string[]): TimedRun {
  for (const left of ['out', 'coverage', '.nyc_output', 'node_modules/.cache'])
    rmSync(join(folder, left), { recursive: true, force: true })
  return timedRun(folder, words)
}

/** With tstrace a program must print what it always prints, and end as it always does. */
function check(name: string, plain: TimedRun, traced: TimedRun): void {
  const added = traced.stdout.slice(plain.stdout.length)
  const isSame =
    traced.status === plain.status && traced.stderr === plain.stderr && traced.stdout.startsWith(plain.stdout)
  if (!isSame || !added.startsWith('lines   cov%'))
    throw new Error(`${name} does not do under tstrace what it does alone`)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}

function print(
  { name, args }: CommandProgram,
  times: ReadonlyMap<Tool, { runs: TimedRun[]; counted: number | undefined }>,
): void {
  const all = [...times.values()]
  const plain = all[0]?.runs ?? []
  console.log(
    `${name} ${args.join(' ')}: ends with ${plain[0]?.status}, prints ${plain[0]?.stdout.length} characters\n`,
  )
  const column = (runs: readonly TimedRun[], which: 'wall' | 'processor'): string[] => {
    const ratios = runs.map((one, round) => one[which] / (plain[round]?.[which] ?? Number.NaN))
    const range = `${minimum(ratios).toFixed(2)} to ${maximum(ratios).toFixed(2)}`
    return [
      (median(runs.map((one) => one[which])) / 1000).toFixed(2),
      `${median(ratios).toFixed(2)} ×`,
      range,
    ]
  }
  printTable(
    ['', 'seconds', 'to plain', 'range', 'processor', 'to plain', 'range', 'counted'],
    [...times].map(([tool, { counted, runs }]) => [
      ...[tool.name, ...column(runs, 'wall'), ...column(runs, 'processor')],
      counted === undefined ? '' : String(counted),
    ]),
  )
}

console.log(
  `Node ${process.version}, ${platform()} ${arch()}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}, ` +
    `load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}, ${rounds} rounds\n`,
)
const folder = commandFolder()
try {
  for (const program of COMMAND_PROGRAMS) {
    const times = new Map(
      TOOLS.map((tool) => [tool, { runs: [] as TimedRun[], counted: undefined as number | undefined }]),
    )
    for (let round = 0; round < rounds; round++) {
      for (const [tool, found] of times) {
        const made = run(folder, [...tool.words(program), commandFile(folder, program.name), ...program.args])
        found.runs.push(made)
        found.counted = tool.counted(made.stdout)
        const plain = times.get(TOOLS[0] as Tool)?.runs[round] as TimedRun
        if (tool.name === 'tstrace') check(program.name, plain, made)
        if (made.status !== plain.status)
          console.log(`  ${tool.name} ends ${program.name} with ${made.status}`)
      }
    }
    print(program, times)
  }
  console.log(
    '  Seconds are medians; ratios are within one round, their median and range. "counted" is how many lines (tstrace) or',
  )
  console.log(
    '  statements the tool says the program has; where one finds next to none, its time says nothing.',
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
