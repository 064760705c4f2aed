import { describe, expect, test } from 'vitest'
import {
  ANY_JEST_MAJOR,
  JEST_MAJORS,
  type JestMajor,
  type JestProject,
  jestProject,
} from '../jest-project.ts'
import { LATER, TRANSFORMS } from '../jest-transforms.ts'
import { rowsOf } from '../matrix.ts'
import { NEWEST, vitestProject } from '../vitest-project.ts'

/** The same sources and the same calls as the tests of Vitest's pools. */
const FIXTURE = new URL('../pools/fixtures/', import.meta.url)
const FILES = ['test/bakery.test.trace', 'test/till.test.trace']
const ENGINE_MODULES = { NODE_OPTIONS: '--experimental-vm-modules --no-warnings' }

/** Jest runs few files in its own process whatever is asked for, unless workers have a limit of memory. */
const WORKERS = { maxWorkers: 2, workerIdleMemoryLimit: '4GB' }

function project(major: JestMajor, config: object): JestProject {
  const made = jestProject(major, FIXTURE, { ...config, reporters: ['default', 'tstrace/jest'] })
  inOrder(made)
  return made
}

/** What runs at the same time comes in another order with each runner. */
function inOrder(made: Pick<JestProject, 'read' | 'write'>): void {
  const path = 'test/bakery.test.ts'
  made.write(path, made.read(path).replace('test.concurrent.each', 'test.each'))
}

async function linesOfVitest(): Promise<readonly string[]> {
  const made = vitestProject(NEWEST, FIXTURE)
  inOrder(made)
  const { status } = await made.vitest(['--reporter=tstrace'], { env: { TSTRACE: '-t' } })
  expect(status).toBe(0)
  return FILES.map((file) => made.read(`coverage/tstrace/${file}`))
}

function fromFirstTest(lines: string): string {
  return lines.slice(lines.indexOf(' --- test: '))
}

const expected = linesOfVitest()

const babel = { transform: TRANSFORMS['babel-jest'] }
const swc = { transform: TRANSFORMS['@swc/jest'] }

interface Cell {
  readonly config: object
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

const CELLS: Readonly<Record<string, Cell>> = {
  'in band': { config: babel, args: ['-i'] },
  'child processes': { config: { ...swc, ...WORKERS } },
  threads: { config: { ...swc, ...WORKERS, workerThreads: true } },
  'ts-jest in child processes': {
    config: { transform: TRANSFORMS['ts-jest'], ...WORKERS, moduleNameMapper: { '^(\\.+/.+)\\.js$': '$1' } },
  },
  '@swc/jest in threads, in jsdom': {
    config: {
      transform: TRANSFORMS['@swc/jest'],
      ...{ ...WORKERS, workerThreads: true, testEnvironment: 'jsdom' },
    },
  },
  'modules of the engine': { config: LATER, args: ['-i'], env: ENGINE_MODULES },
}

test.each(rowsOf({ where: Object.keys(CELLS), major: JEST_MAJORS }, 1))(
  'Jest $major, $where: a .trace file per test file, with the lines that Vitest shows',
  async ({ major, where }) => {
    const { args = [], config, env } = CELLS[where] as Cell
    const made = project(major, config)
    const { status, stderr } = await made.jest(args, { env: { TSTRACE: '-t', ...env } })
    expect(status, stderr).toBe(0)
    expect(stderr).not.toContain('tstrace:')
    const shown = FILES.map((file) => made.read(`coverage/tstrace/${file}`))
    // TypeScript leaves what is required in its place, the others put it in front, where imported modules run.
    const part = where.startsWith('ts-jest') ? fromFirstTest : (lines: string) => lines
    expect(shown.map(part)).toEqual((await expected).map(part))
  },
)

describe.each(JEST_MAJORS)('Jest %i', (major) => {
  test('on standard output, with the seconds; what tests replace does not matter', async () => {
    const made = project(major, { ...swc, ...WORKERS })
    made.write('src/file.ts', 'export const make = (): number => {\n  return Date.now()\n}\n')
    made.write(
      'test/file.test.ts',
      `import fs from 'node:fs'
import { make } from '../src/file.ts'
jest.mock('node:path')
describe('a', () => {
  describe('b\\n c', () => {
    beforeEach(() => {
      jest.useFakeTimers()
      jest.spyOn(fs, 'writeSync').mockImplementation(() => { throw new Error('no') })
      jest.spyOn(process, 'hrtime').mockImplementation(() => { throw new Error('no') })
      jest.spyOn(performance, 'now').mockImplementation(() => { throw new Error('no') })
      jest.spyOn(Buffer, 'from').mockImplementation(() => { throw new Error('no') })
    })
    afterEach(() => jest.restoreAllMocks())
    test('c', () => void make())
  })
})
`,
    )
    const { status, stdout, stderr } = await made.jest(['file'], {
      env: { TSTRACE: '--trace=stdout --timing' },
    })
    expect(status, stderr).toBe(0)
    expect(stdout).toMatch(
      / --- test: a > b c > c\n --- modulename: src\.file, funcname: make\n\d+\.\d\d file\.ts\(2\): {3}return Date\.now\(\)\n$/,
    )
  })
})

describe.each(ANY_JEST_MAJOR)('Jest %i', (major) => {
  test('beside coverage the report says that there are no lines', async () => {
    const made = project(major, { ...swc, testMatch: ['**/till.test.ts'] })
    const { status, stderr } = await made.jest(['--coverage'], { env: { TSTRACE: '-t' } })
    expect(status, stderr).toBe(0)
    expect(made.read(`coverage/tstrace/${FILES[1]}`)).toBe(' --- test: toggles\n')
    expect(stderr).toContain(
      'tstrace: Option "trace" shows no lines of compiled files that the coverage of Jest counts.\n',
    )
  })

  test('a folder that cannot be written to is named, and fails no test', async () => {
    const made = project(major, { ...swc, testMatch: ['**/till.test.ts'] })
    made.write('coverage/tstrace/test', 'a file where a folder should be')
    const { status, stderr } = await made.jest([], { env: { TSTRACE: '-t' } })
    expect(status, stderr).toBe(0)
    expect(stderr).toContain('tstrace: The lines of <project>/test/till.test.ts are not shown: ')
  })
})

test('under jest-jasmine2, which has no events, the names are those that Jest shows', async () => {
  const made = project(29, { ...swc, testRunner: 'jest-jasmine2', testMatch: ['**/till.test.ts'] })
  made.write(
    'test/till.test.ts',
    `import { toggle } from '../src/till.js'
describe('the till', () => {
  test('opens', () => void toggle())
  test('closes', () => void toggle())
})
`,
  )
  const { status, stderr } = await made.jest([], { env: { TSTRACE: '-t' } })
  expect(status, stderr).toBe(0)
  const entry = ' --- modulename: src.till, funcname: toggle\n'
  const lines = "till.js(4):   open = !open\ntill.js(5):   return open ? 'open' : 'closed'\n"
  expect(fromFirstTest(made.read(`coverage/tstrace/${FILES[1]}`))).toBe(
    ` --- test: the till opens\n${entry}${lines} --- test: the till closes\n${entry}${lines}`,
  )
})
