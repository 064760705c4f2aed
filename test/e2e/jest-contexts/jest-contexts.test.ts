import { expect, test } from 'vitest'
import {
  type Called,
  countedContexts,
  expectFailedEarly,
  ONE,
  TWO,
  writeEarly,
} from '../contexts/counted-contexts.ts'
import { expectAllOwned, SEED, writeSuites } from '../contexts/generated-suites.ts'
import { JEST_MAJORS, type JestMajor, type JestProject, jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { rowsOf } from '../matrix.ts'

const FIXTURE = new URL('../contexts/fixtures/', import.meta.url)
const BY_TEST = { TSTRACE: '--contexts test --trackcalls -f all.counts' }

function project(major: JestMajor, config: object = {}): JestProject {
  return jestProject(major, FIXTURE, {
    transform: TRANSFORMS['@swc/jest'],
    reporters: ['default', 'tstrace/jest'],
    ...config,
  })
}

test.each(rowsOf({ major: JEST_MAJORS, where: ['this process', 'processes', 'threads'] }, 1))(
  `Jest $major, in $where, SUITES_SEED=${SEED}`,
  async ({ major, where }) => {
    // With such a limit Jest takes workers even for two files.
    const own = project(major, { workerThreads: where === 'threads', workerIdleMemoryLimit: '4GB' })
    const suites = writeSuites(own, 'Jest')
    writeEarly(own)
    const workers = where === 'this process' ? '-i' : '-w2'
    const { status, stderr } = await own.jest([workers], { env: BY_TEST })
    expect(status).toBe(1)
    expect(stderr).not.toContain('tstrace:')
    const called = countedContexts(own.folder, 'all.counts')
    expectApart(called)
    expectAllOwned(own.folder, suites)
    expectFailedEarly(own.folder, 'all.counts')
    // Before 30.2, bodies of concurrent tests run while the tests around them do.
    if (major === 29) return
    const others = Object.entries(called).filter(([name]) => !name.includes('at once'))
    expect({ 'late of one': { work: 9 }, ...Object.fromEntries(others) }).toEqual({ ...ONE, ...TWO })
  },
)

/** What only one of two tests ran is never said to be of the other alone, or of somebody else. */
function expectApart(called: Called): void {
  for (const [name, { onlyA = 0, onlyB = 0 }] of Object.entries(called)) {
    if (onlyA > 0) expect(name).toContain('one > at once > A: passed')
    if (onlyB > 0) expect(name).toContain('one > at once > B: passed')
  }
}

test.each(JEST_MAJORS)('Jest %i: retries are contexts of their own', async (major) => {
  const own = project(major)
  own.write(
    'test/again.test.ts',
    `import { describe, it, jest } from '@jest/globals'
import { work } from '../src/work.ts'
jest.retryTimes(2)
let runs = 0
it('retries', () => { work(++runs); if (runs < 2) throw new Error('again') })
it.skip('skipped', () => { work(30) })
it.failing('is to fail', () => { work(40); throw new Error('as it should') })
it('last', () => { work(50) })
`,
  )
  const { status, stderr } = await own.jest(['again'], { env: BY_TEST })
  expect(stderr).not.toContain('tstrace:')
  expect(status).toBe(0)
  expect(countedContexts(own.folder, 'all.counts')).toEqual({
    'import of again': { work: 7 },
    'again > retries: failed': { work: 1 },
    'again > retries retry 1: passed': { work: 2 },
    'again > is to fail: passed': { work: 40 },
    'again > last: passed': { work: 50 },
  })
})

test('a test runner without events knows the test file', async () => {
  const own = project(29, { testRunner: 'jest-jasmine2' })
  const { stderr } = await own.jest(['two'], { env: BY_TEST })
  expect(stderr).not.toContain('tstrace:')
  expect(countedContexts(own.folder, 'all.counts')).toEqual({ 'file of two': { work: 8 } })
})

test.each(
  rowsOf({ major: JEST_MAJORS, end: ["process.kill(process.pid, 'SIGKILL')", 'process.reallyExit(0)'] }, 1),
)('Jest $major: what a test ran whose process ends by $end is in its context', async ({ end, major }) => {
  const own = project(major)
  own.write(
    'test/ends.test.ts',
    `import { it } from '@jest/globals'
import { work } from '../src/work.ts'
it('before', () => { work(20) })
it('ends', async () => {
  work(3)
  await new Promise((resolve) => setTimeout(resolve, 400))
  ${end}
})
`,
  )
  await own.jest(['-w2', 'ends', 'two'], { env: BY_TEST })
  const called = countedContexts(own.folder, 'all.counts')
  const times = called['import of ends']?.work ?? 0
  // Jest runs a test file again whose process has ended, up to three times.
  expect(times % 7).toBe(0)
  expect(called).toMatchObject({
    'import of ends': { work: times },
    'ends > before: passed': { work: (times / 7) * 20 },
    'ends > ends: unfinished': { work: (times / 7) * 3 },
  })
})

test('Jest 29: what hooks run beside a body that began before them is not said to be of its test alone', async () => {
  const own = project(29)
  own.write(
    'test/beside.test.ts',
    `import { afterAll, beforeAll, it } from '@jest/globals'
import { work } from '../src/work.ts'
const sleep = (time: number) => new Promise((resolve) => setTimeout(resolve, time))
beforeAll(() => { throw new Error('on purpose') })
it.concurrent('goes on', async () => { await sleep(50); work(3) })
afterAll(async () => { work(4); await sleep(500) })
`,
  )
  await own.jest(['beside'], { env: BY_TEST })
  expect(countedContexts(own.folder, 'all.counts')).toEqual({
    'import of beside': { work: 7 },
    'hooks of beside or beside > goes on: failed': { work: 7 },
  })
})
