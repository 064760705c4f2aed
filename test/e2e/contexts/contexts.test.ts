import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCommand } from '../command.ts'
import { inTurn, outermost, rowsOf } from '../matrix.ts'
import { MAJORS, NEWEST, vitestProject } from '../vitest-project.ts'
import { type Called, countedContexts, expectFailedEarly, ONE, TWO, writeEarly } from './counted-contexts.ts'
import { expectAllOwned, SEED, writeSuites } from './generated-suites.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)
const BY_TEST = { TSTRACE: '--contexts test --trackcalls -f all.counts' }

/** The tests that run at the same time, and whatever they ran. */
function together(called: Called): Called {
  return Object.fromEntries(Object.entries(called).filter(([name]) => name.includes('at once')))
}

/** The others. */
function others(called: Called): Called {
  return Object.fromEntries(Object.entries(called).filter(([name]) => !name.includes('at once')))
}

describe(`contexts by test, SUITES_SEED=${SEED}`, () => {
  test.each(
    rowsOf(
      { major: MAJORS, pool: ['forks', 'threads', 'vmThreads', 'vmForks'], isolate: ['', '--no-isolate'] },
      1,
      ({ isolate, pool }) => !(isolate && pool.startsWith('vm')),
    ),
  )('Vitest $major, $pool $isolate', async ({ isolate, major, pool }) => {
    const project = vitestProject(major, FIXTURE)
    const suites = writeSuites(project, 'Vitest')
    writeEarly(project)
    const args = [
      '--reporter=tstrace',
      `--pool=${pool}`,
      '--globals',
      '--no-file-parallelism',
      ...(isolate ? [isolate] : []),
    ]
    const { status, stderr } = await project.vitest(args, { env: BY_TEST })
    expect(status).toBe(1)
    expect(stderr).not.toContain('tstrace:')
    const called = countedContexts(project.folder, 'all.counts')
    // Vitest 4 goes through such files in one realm, too.
    const isShared = isolate !== '' || (major === 4 && pool.startsWith('vm'))
    const two = isShared ? { 'two > first: passed': { work: 1 } } : TWO
    // Whether a late timer of a context of its own still runs is up to the pool.
    expect({ 'late of one': { work: 9 }, ...others(called) }).toEqual({ ...ONE, ...two })
    expectApart(together(called))
    expectAllOwned(project.folder, suites)
    expectFailedEarly(project.folder, 'all.counts')
  })
})

/** What only one of two tests ran is never said to be of the other. */
function expectApart(called: Called): void {
  const counts = (name: string, part: string): number =>
    called[`one > at once > ${name}: passed`]?.[part] ?? 0
  expect(counts('A', 'onlyB')).toBe(0)
  expect(counts('B', 'onlyA')).toBe(0)
  // They begin together, and A ends long before B.
  expect(called['one > at once > A: passed or one > at once > B: passed']).toMatchObject({
    onlyA: 1,
    onlyB: 1,
  })
  expect(counts('B', 'work')).toBeGreaterThan(0)
}

describe.each(outermost(MAJORS))('Vitest %i', (major) => {
  const test = inTurn(outermost(MAJORS), major)
  test('retries and repeats are contexts of their own', async () => {
    const project = vitestProject(major, FIXTURE)
    project.write(
      'test/again.test.ts',
      `import { it } from 'vitest'
import { work } from '../src/work.ts'
let runs = 0
it('retries', { retry: 2 }, () => { work(++runs); if (runs < 2) throw new Error('again') })
it('repeats', { repeats: 1 }, () => { work(20) })
it('skips itself', ({ skip }) => { work(30); skip() })
it.fails('is to fail', () => { work(40); throw new Error('as it should') })
it('last', () => { work(50) })
`,
    )
    const ended = await project.vitest(['--reporter=tstrace', 'again'], { env: BY_TEST })
    expect(ended).toMatchObject({ status: 0, stderr: '' })
    expect(countedContexts(project.folder, 'all.counts')).toEqual({
      'import of again': { work: 7 },
      'again > retries: failed': { work: 1 },
      'again > retries retry 1: passed': { work: 2 },
      'again > repeats: passed': { work: 20 },
      'again > repeats repeat 1: passed': { work: 20 },
      'again > skips itself: skipped': { work: 30 },
      'again > is to fail: passed': { work: 40 },
      'again > last: passed': { work: 50 },
    })
  })

  test('one at a time, every test is a context of its own', async () => {
    const project = vitestProject(major, FIXTURE)
    const args = ['--reporter=tstrace', '--maxConcurrency=1', 'one']
    await project.vitest(args, { env: BY_TEST })
    expect(together(countedContexts(project.folder, 'all.counts'))).toEqual({
      'one > at once > A: passed': { work: 111, onlyA: 1 },
      'one > at once > B: passed': { work: 111, onlyB: 1 },
    })
  })
})

test('the guide shows what its example prints', async () => {
  const guide = readFileSync(new URL('../../../docs/guides/contexts.md', import.meta.url), 'utf8')
  const [, program = '', printed] = /```js\n(.*?)```\n\n```text\n(.*?)```/s.exec(guide) ?? []
  const project = vitestProject(NEWEST, new URL('../recurse/fixtures/', import.meta.url))
  project.write('who.mjs', program)
  const [, options = ''] = /TSTRACE="(.*?)"/.exec(guide) ?? []
  await project.vitest(['--reporter=tstrace'], { env: { TSTRACE: options } })
  const { stdout } = await runCommand({
    program: join(project.folder, 'who.mjs'),
    args: [],
    folder: project.folder,
    options: {},
  })
  expect(stdout).toBe(printed)
})

test("the project's own test runner goes on", async () => {
  const project = vitestProject(NEWEST, FIXTURE)
  project.write(
    'runner.ts',
    `import { TestRunner } from 'vitest'
export default class extends TestRunner {
  async onBeforeRunTask(test: never) {
    await super.onBeforeRunTask(test)
    console.log('own runner:', (test as { name: string }).name)
  }
}
`,
  )
  project.write('vitest.config.ts', "export default { test: { runner: './runner.ts' } }\n")
  const { stdout } = await project.vitest(['--reporter=tstrace', 'two'], { env: BY_TEST })
  expect(stdout).toContain('own runner: first')
  expect(countedContexts(project.folder, 'all.counts')).toEqual(TWO)
})

test('contexts by test file are there unless they are switched off, and runs add up', async () => {
  const project = vitestProject(NEWEST, FIXTURE)
  const run = (args: string): Promise<unknown> =>
    project.vitest(['--reporter=tstrace', '--no-isolate', '--no-file-parallelism', 'two'], {
      env: { TSTRACE: args },
    })
  await run('-f all.counts')
  expect(countedContexts(project.folder, 'all.counts')).toEqual({ 'file of two': { work: 8 } })
  await run('-f all.counts')
  expect(countedContexts(project.folder, 'all.counts')).toEqual({ 'file of two': { work: 16 } })
  await run('-f none.counts --contexts off')
  expect(project.read('none.counts')).not.toContain('context')
})

test('an unknown word is an error with the words there are', async () => {
  const project = vitestProject(NEWEST, FIXTURE)
  const { stderr } = await project.vitest(['--reporter=tstrace', 'two'], {
    env: { TSTRACE: '--contexts tests' },
  })
  expect(stderr).toContain('must be "off" or "file" or "test", not "tests"')
})

/** What ends a process, or a test, before its time. */
const ENDS = {
  exits: 'process.exit(0)',
  'is killed': "process.kill(process.pid, 'SIGKILL')",
  'takes too long': 'await new Promise(() => {})',
}

test.each(rowsOf({ major: MAJORS, end: Object.keys(ENDS) as (keyof typeof ENDS)[] }, 1))(
  'Vitest $major: what a test ran that $end is in its context',
  async ({ end, major }) => {
    const project = vitestProject(major, FIXTURE)
    project.write(
      'test/ends.test.ts',
      `import { it } from 'vitest'
import { work } from '../src/work.ts'
it('before', () => { work(20) })
it('ends', async () => {
  work(3)
  await new Promise((resolve) => setTimeout(resolve, 400))
  ${ENDS[end]}
}, 1000)
`,
    )
    // A test that exits is an error of Vitest unless nothing watches for it.
    project.write('setup.ts', 'process.exit = process.reallyExit\n')
    project.write('vitest.config.ts', "export default { test: { setupFiles: ['./setup.ts'] } }\n")
    await project.vitest(['--reporter=tstrace', '--pool=forks', 'ends'], { env: BY_TEST })
    const state = end === 'takes too long' ? 'failed' : 'unfinished'
    expect(countedContexts(project.folder, 'all.counts')).toEqual({
      'import of ends': { work: 7 },
      'ends > before: passed': { work: 20 },
      [`ends > ends: ${state}`]: { work: 3 },
    })
  },
)
