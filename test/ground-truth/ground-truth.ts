/*
 * `npm run ground-truth -- FOLDER [WORDS…]`: runs the tests of a project, whose runner and tstrace are installed there, all together
 * and then each of them alone, and prints where a test counts something else alone than in its context of the whole run. WORDS go to the runner in the whole run, say to choose test files.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { contextKey } from '@tstrace/results'
import { CoverageResults, type TestContext } from 'tstrace'
import { differences } from './compare-contexts.ts'

/** Runs at the same time. */
const JOBS = 2

interface Runner {
  readonly program: string
  readonly all: readonly string[]
  /** What runs the tests of a file whose full names match a pattern. */
  readonly one: (file: string, pattern: string) => readonly string[]
}

function runnerIn(folder: string): Runner {
  const reporter = '--reporter=tstrace'
  const vitest = packageIn(folder, 'vitest')
  if (vitest)
    return {
      program: join(vitest, 'vitest.mjs'),
      all: ['run', reporter],
      one: (file, pattern) => ['run', reporter, file, '-t', pattern],
    }
  const common = ['--reporters=tstrace/jest', '--coverage=false']
  return {
    program: join(packageIn(folder, 'jest') ?? '', 'bin/jest.js'),
    all: common,
    one: (file, pattern) => [...common, '--runTestsByPath', file, '-t', pattern],
  }
}

function packageIn(folder: string, name: string): string | undefined {
  try {
    return dirname(createRequire(join(folder, 'x')).resolve(`${name}/package.json`))
  } catch {
    return undefined
  }
}

interface Run {
  readonly folder: string
  readonly file: string
  readonly words: readonly string[]
}

function counted(runner: Runner, { file, folder, words }: Run): Promise<CoverageResults> {
  const env = { ...process.env, TSTRACE: `--contexts test --trackcalls -R -f ${JSON.stringify(file)}` }
  const child = spawn(process.execPath, [runner.program, ...words], { cwd: folder, env, stdio: 'ignore' })
  return new Promise((done, reject) => {
    child.on('error', reject)
    child.on('exit', () => {
      try {
        done(new CoverageResults(file, { root: folder }))
      } catch (error) {
        reject(error)
      }
    })
  })
}

/** What runs alone shows of a test, however it ended: a test that needs others may pass or fail. */
function keyOf(context: TestContext): string {
  return contextKey({ ...context, state: 'passed' })
}

function testsIn(results: CoverageResults): TestContext[] {
  return results.contexts().filter((context) => context.kind === 'test')
}

function patternOf({ titles }: TestContext): string {
  return `^${titles.join(' ').replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`
}

/** Tests that a runner cannot tell apart by name run together. */
function runOf(test: TestContext): string {
  return `${test.file} ${patternOf(test)}`
}

interface Asked {
  readonly folder: string
  /** For the whole run. */
  readonly words: readonly string[]
  /** Where counts files go. */
  readonly places: string
}

async function main({ folder, places, words }: Asked): Promise<number> {
  const runner = runnerIn(folder)
  const whole = await counted(runner, {
    folder,
    file: join(places, 'whole.counts'),
    words: [...runner.all, ...words],
  })
  const tests = testsIn(whole)
  const left = [...new Map(tests.map((test) => [runOf(test), test])).values()]
  const overlaps = whole.contexts().filter(({ kind }) => kind === 'overlap').length
  console.log(
    `${tests.length} tests, ${left.length} runs; ${overlaps} contexts of several tests are not compared`,
  )
  let [same, other] = [0, 0]
  const compare = (alone: CoverageResults, run: TestContext): void => {
    const ofAlone = new Map(testsIn(alone).map((test) => [keyOf(test), test]))
    for (const test of tests.filter((one) => runOf(one) === runOf(run))) {
      const twin = ofAlone.get(keyOf(test))
      const found = twin ? differences(whole.of(test), alone.of(twin)) : ['it did not run alone']
      if (twin && twin.state !== test.state)
        found.unshift(`${test.state} in the whole run, ${twin.state} alone`)
      if (found.length === 0) same++
      else
        console.log(
          [`${++other}. ${test.file}: ${test.titles.join(' > ')} #${test.index}`, ...found].join('\n   '),
        )
    }
  }
  const work = async (job: number): Promise<void> => {
    for (let test = left.pop(); test; test = left.pop()) {
      const file = join(places, `${job}.counts`)
      rmSync(file, { force: true })
      compare(await counted(runner, { folder, file, words: runner.one(test.file, patternOf(test)) }), test)
    }
  }
  await Promise.all(Array.from({ length: JOBS }, (_, job) => work(job)))
  console.log(`${same} tests count the same alone, ${other} something else`)
  return other
}

const [given, ...words] = process.argv.slice(2)
if (given === undefined) throw new Error('Which project? npm run ground-truth -- FOLDER [WORDS…]')
const places = mkdtempSync(join(tmpdir(), 'ground-truth-'))
try {
  if ((await main({ folder: resolve(given), words, places })) > 0) process.exitCode = 1
} finally {
  rmSync(places, { recursive: true, force: true })
}
