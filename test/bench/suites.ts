/*
 * `npm run bench:suites [-- FOLDER…]`: whole test runs, plain, with tstrace, and with the coverage of the runner, cold and warm;
 * and what tstrace takes before anything runs. Without folders of projects in which a runner and tstrace are installed, the
 * suites are those of `suite-projects.ts`. The kinds of runs take turns.
 */
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, loadavg, platform, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { installModules } from './installed-modules.ts'
import { printTable } from './print-table.ts'
import { maximum, median, minimum } from './series.ts'
import { type Runner, SUITES, type Suite } from './suite-projects.ts'
import { type TimedRun, timedRun } from './timed-run.ts'

const isQuick = process.env.BENCH_QUICK === '1'
const rounds = isQuick ? 1 : Number(process.env.BENCH_ROUNDS ?? 3)
/** What takes minutes in a round is left out where it has to be quick. */
const MOST_QUICK = 3

const COMMANDS: Readonly<
  Record<
    Runner,
    { readonly file: string; readonly words: readonly string[]; readonly reporters: readonly string[] }
  >
> = {
  vitest: { file: 'node_modules/vitest/vitest.mjs', words: ['run'], reporters: ['--reporter=tstrace'] },
  jest: {
    file: 'node_modules/jest/bin/jest.js',
    words: [],
    reporters: ['--reporters=default', '--reporters=tstrace/jest'],
  },
}

/** Where runners keep what they have transformed, from the folder of the project. */
const CACHES = ['cache', 'node_modules/.vitest-cache', 'node_modules/.experimental-vitest-cache']

interface Kind {
  readonly name: string
  readonly words: (runner: Runner) => readonly string[]
  readonly options?: string
}

const KINDS: readonly Kind[] = [
  { name: 'plain', words: () => [] },
  { name: 'tstrace, counts', words: (runner) => COMMANDS[runner].reporters, options: '-C coverage/counts' },
  {
    name: 'tstrace, counts + calls',
    words: (runner) => COMMANDS[runner].reporters,
    options: '--trackcalls -C coverage/calls',
  },
  { name: 'V8 coverage', words: (runner) => coverage(runner, 'v8') },
  {
    name: 'Istanbul coverage',
    words: (runner) => coverage(runner, runner === 'jest' ? 'babel' : 'istanbul'),
  },
]

function coverage(runner: Runner, provider: string): readonly string[] {
  if (runner === 'jest') return ['--coverage', `--coverageProvider=${provider}`]
  return ['--coverage.enabled', `--coverage.provider=${provider}`]
}

/** Runs whose times are compared, one of each kind in a round. */
interface Found {
  readonly kind: string
  readonly runs: TimedRun[]
}

function measured(suite: Suite, folder: string): Found[] {
  const kinds = KINDS.filter(({ name }) => isThere(name, suite.runner, folder))
  const found = ['cold', 'warm'].flatMap((cache) =>
    kinds.map((kind) => ({ kind, cache, runs: [] as TimedRun[] })),
  )
  // The first run keeps what V8 has compiled, and Jest has processes look at each `results.json` that another run has changed.
  for (const kind of kinds) run(suite, folder, kind)
  for (let round = 0; round < rounds; round++) {
    for (const kind of kinds) {
      for (const cache of CACHES) rmSync(join(folder, cache), { recursive: true, force: true })
      for (const row of found.filter((row) => row.kind === kind)) row.runs.push(run(suite, folder, kind))
    }
  }
  const first = found[0]?.runs[0]
  const plain = first?.status
  if (suite.name !== folder && plain !== 0)
    throw new Error(
      `${suite.name}: a run of tests that fail is another one:\n${first?.stdout}\n${first?.stderr}`,
    )
  for (const { kind, runs } of found)
    for (const { status, stderr, stdout } of runs)
      if (status !== plain)
        throw new Error(
          `${suite.name}: ${kind.name} ends with ${status}, plain with ${plain}:\n${stdout}\n${stderr}`,
        )
  return found.map(({ kind, cache, runs }) => ({ kind: `${kind.name}, ${cache}`, runs }))
}

function run({ runner }: Suite, folder: string, { options = '', words }: Kind): TimedRun {
  const { file, words: first } = COMMANDS[runner]
  const cache = runner === 'jest' ? ['--cacheDirectory=cache'] : []
  return timedRun(folder, [file, ...first, ...cache, ...words(runner)], { TSTRACE: options, CI: '' })
}

/** The coverage of projects that are given is measured where it is installed. */
function isThere(kind: string, runner: Runner, folder: string): boolean {
  if (runner === 'jest' || !kind.endsWith('coverage')) return true
  return existsSync(
    join(folder, `node_modules/@vitest/coverage-${kind.startsWith('V8') ? 'v8' : 'istanbul'}`),
  )
}

const START: readonly {
  readonly name: string
  readonly words: readonly string[]
  readonly against: string
}[] = [
  { name: 'an empty program', words: ['empty.mjs'], against: '' },
  { name: "import 'tstrace'", words: ['vitest.mjs'], against: 'an empty program' },
  { name: "import 'tstrace/jest'", words: ['jest.mjs'], against: 'an empty program' },
  {
    name: 'tstrace -c, an empty program',
    words: ['node_modules/tstrace/bin/tstrace.js', '-c', '-C', 'out', 'empty.mjs'],
    against: 'an empty program',
  },
]

/** What V8 has compiled of our files is kept by test runs, and imports alone find it there. */
function runOnce(folder: string): void {
  writeFileSync(join(folder, 'one.test.mjs'), "import { test } from 'vitest'\ntest('one', () => {})\n")
  writeFileSync(join(folder, 'one.test.cjs'), "test('one', () => {})\n")
  writeFileSync(join(folder, 'jest.config.json'), '{}')
  const files = { vitest: ['one.test.mjs'], jest: ['--rootDir=.', 'one.test.cjs'] }
  for (const runner of ['vitest', 'jest'] as const) {
    const { file, reporters, words } = COMMANDS[runner]
    const { status, stderr } = timedRun(folder, [file, ...words, ...reporters, ...files[runner]], { CI: '' })
    if (status !== 0) throw new Error(`One test file of ${runner} ends with ${status}:\n${stderr}`)
  }
}

function measuredStart(): Found[] {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tstrace-start-')))
  try {
    installModules(join(folder, 'node_modules'))
    writeFileSync(join(folder, 'empty.mjs'), '')
    writeFileSync(join(folder, 'vitest.mjs'), "import 'tstrace'\n")
    writeFileSync(join(folder, 'jest.mjs'), "import 'tstrace/jest'\n")
    runOnce(folder)
    const found = START.map(({ name, words }) => ({ kind: name, words, runs: [] as TimedRun[] }))
    for (let round = 0; round < 3 * rounds; round++)
      for (const { runs, words } of found) runs.push(timedRun(folder, words))
    return found
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Each kind against another one, round by round. */
function print(found: readonly Found[], against: (kind: string) => string): void {
  const column = ({ kind, runs }: Found, which: 'wall' | 'processor'): string[] => {
    const other = found.find((row) => row.kind === against(kind))?.runs ?? runs
    const ratios = runs.map((one, at) => one[which] / (other[at]?.[which] ?? Number.NaN))
    const more = median(runs.map((one, at) => one[which] - (other[at]?.[which] ?? Number.NaN)))
    return [
      median(runs.map((one) => one[which])).toFixed(0),
      more.toFixed(0),
      median(ratios).toFixed(2),
      `${minimum(ratios).toFixed(2)} to ${maximum(ratios).toFixed(2)}`,
    ]
  }
  printTable(
    ['', 'processor, ms', 'more', 'ratio', 'range', 'clock, ms', 'more', 'ratio', 'range'],
    found.map((row) => [row.kind, ...column(row, 'processor'), ...column(row, 'wall')]),
  )
}

function given(folder: string): Suite {
  const runner = existsSync(join(folder, 'node_modules/vitest')) ? 'vitest' : 'jest'
  return { name: folder, runner, make: () => folder }
}

function measure(suite: Suite): void {
  const folder = suite.make()
  try {
    const found = measured(suite, folder)
    console.log(`${suite.name}, load ${loadavg()[0]?.toFixed(1)}, ${rounds} rounds\n`)
    print(found, (kind) => `plain, ${kind.endsWith('cold') ? 'cold' : 'warm'}`)
  } finally {
    if (suite.name !== folder) rmSync(folder, { recursive: true, force: true })
  }
}

console.log(
  `Node ${process.version}, ${platform()} ${arch()}, ${availableParallelism()} × ${cpus()[0]?.model ?? 'unknown processor'}\n`,
)
const words = process.argv.slice(2)
const folders = words.filter((word) => existsSync(word)).map((word) => given(resolve(word)))
const named = SUITES.filter(({ name }) => words.some((word) => name.includes(word)))
const suites = words.length > 0 ? [...folders, ...named] : SUITES
if (suites.length < words.length)
  throw new Error(
    `Neither a folder nor a suite: one of ${words.join(', ')}. The suites: ${SUITES.map(({ name }) => name).join('; ')}`,
  )
if (words.length === 0)
  print(measuredStart(), (kind) => START.find(({ name }) => name === kind)?.against || kind)
for (const suite of isQuick ? suites.slice(0, MOST_QUICK) : suites) measure(suite)
console.log(
  '  Milliseconds are medians of processor time of all processes together, and of the clock; "more" and "ratio" are against plain in the',
)
console.log(
  '  same round, medians and range. Cold: what runners keep of earlier runs is removed before each run. Warm: right after it. Each kind',
)
console.log(
  '  has run before, and finds the reports that it writes: Jest starts its processes, to look at it, where a `results.json` is new.',
)
