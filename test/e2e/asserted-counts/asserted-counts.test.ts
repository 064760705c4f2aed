import { expect, test } from 'vitest'
import { JEST_MAJORS, jestProject } from '../jest-project.ts'
import { LATER, TRANSFORMS } from '../jest-transforms.ts'
import { outermost } from '../matrix.ts'
import { MAJORS, NEWEST, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

/** So that test files are instrumented, too. */
const OF_TESTS = { TSTRACE: '--trackcalls --contexts test --branches' }

/** How often two words are compared in the tests; what Node has loaded counts for a run where its tests share Node's realm. */
const COMPARED = (11 + 4 + 1) * 1275 + 7
const COMPARED_IN_NODE = COMPARED + 1275

/** The report is the one of a run without tracers. */
function expectWholeReport(read: (path: string) => string, compared: number): void {
  expect(read('coverage/tstrace/src/unique.cover')).toContain(`${compared}:   return one.toLowerCase()`)
  const calls = read('coverage/tstrace/calls.txt')
  expect(calls).not.toContain('<event loop> -> src.unique.unique')
  expect(calls).toContain('test.counted.test.test("what was counted until an error stays").fails')
}

const MOCKED = `import { Trace } from 'tstrace'
import { test, expect } from 'vitest'
import { unique } from '../src/unique'

jest.mock('node:module')
jest.mock('node:path')
jest.mock('fs')
jest.mock('node:async_hooks')

test('with built-in modules that are mocked', () => {
  jest.resetModules()
  const tracer = new Trace({ trace: false })
  tracer.runfunc(unique, ['a'])
  expect(tracer.results().calls('src/unique.ts')).toBe(4)
})
`

test.each(outermost(MAJORS))(
  'Vitest %i: what a tracer counts of what the runner has loaded',
  async (major) => {
    const pool = major === NEWEST ? 'forks' : major === 4 ? 'threads' : 'vmThreads'
    const project = vitestProject(major, FIXTURE)
    project.write('test/mocked.test.ts', MOCKED.replaceAll('jest.', 'vi.').replace('{ test,', '{ vi, test,'))
    const { status, stderr, stdout } = await project.vitest(['--reporter=tstrace', `--pool=${pool}`], {
      env: OF_TESTS,
    })
    expect(status, stdout).toBe(0)
    expect(stderr).toBe('')
    expectWholeReport(project.read, (pool === 'vmThreads' ? COMPARED : COMPARED_IN_NODE) + 1)
  },
)

test.each(JEST_MAJORS)('Jest %i: the same, in CommonJS and in modules of the engine', async (major) => {
  const commonJs = {
    displayName: 'commonjs',
    transform: TRANSFORMS[major === 30 ? 'ts-jest' : 'babel-jest'],
  }
  const modules = { displayName: 'modules', testMatch: ['**/counted.test.ts'], ...LATER }
  // Jest 29 takes a source for one of the two, whatever the project says.
  const projects = major === 30 ? [commonJs, modules] : [commonJs]
  const project = jestProject(major, FIXTURE, { projects, reporters: ['default', 'tstrace/jest'] })
  const names = "{ jest, test, expect } from '@jest/globals'"
  project.write('test/mocked.test.ts', MOCKED.replace("{ test, expect } from 'vitest'", names))
  const env = { ...OF_TESTS, NODE_OPTIONS: '--experimental-vm-modules --no-warnings' }
  const { status, stderr } = await project.jest(['-i'], { env })
  expect(status, stderr).toBe(0)
  expect(stderr).not.toContain('tstrace:')
  expectWholeReport(project.read, projects.length * COMPARED + 1)
})
