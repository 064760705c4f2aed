import { CoverageResults } from '@tstrace/results'
import { expect, test } from 'vitest'
import { ANY_JEST_MAJOR, type JestMajor, jestProject } from '../jest-project.ts'
import { LATER, TRANSFORMS } from '../jest-transforms.ts'
import { IS_WHOLE, rowsOf } from '../matrix.ts'
import { NEWEST, vitestProject } from '../vitest-project.ts'
import { WORKERS_OF_JEST } from './where.ts'

/** The same sources and the same calls, by the same names, as the tests of Vitest's pools. */
const FIXTURE = new URL('../pools/fixtures/', import.meta.url)

interface Cell {
  readonly config: object
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
}

const ENGINE_MODULES = { NODE_OPTIONS: '--experimental-vm-modules --no-warnings' }

/** Jest runs few files in its own process whatever is asked for, unless workers have a limit of memory. */
const WORKERS = { maxWorkers: 2, workerIdleMemoryLimit: '4GB' }

const CELLS: Readonly<Record<string, Cell>> = {
  'babel-jest in band': { config: { transform: TRANSFORMS['babel-jest'] }, args: ['-i'] },
  'babel-jest in child processes': { config: { transform: TRANSFORMS['babel-jest'], ...WORKERS } },
  'babel-jest in threads': {
    config: { transform: TRANSFORMS['babel-jest'], ...WORKERS, workerThreads: true },
  },
  'ts-jest in child processes': {
    config: { transform: TRANSFORMS['ts-jest'], ...WORKERS, moduleNameMapper: { '^(\\.+/.+)\\.js$': '$1' } },
  },
  '@swc/jest in threads, in jsdom': {
    config: { transform: TRANSFORMS['@swc/jest'], ...WORKERS, workerThreads: true, testEnvironment: 'jsdom' },
  },
  '@swc/jest, resetting modules': {
    config: { transform: TRANSFORMS['@swc/jest'], resetModules: true, resetMocks: true, detectLeaks: true },
    args: ['-i'],
  },
  '@swc/jest with --maxWorkers=2': {
    config: { transform: TRANSFORMS['@swc/jest'] },
    args: ['--maxWorkers=2'],
  },
  '@swc/jest with maxWorkers in per cent': {
    config: { transform: TRANSFORMS['@swc/jest'], maxWorkers: '100%' },
  },
  'esbuild in child processes': { config: { transform: TRANSFORMS.esbuild, ...WORKERS } },
  'modules of the engine in band': { config: LATER, args: ['-i'], env: ENGINE_MODULES },
  'modules of the engine in child processes': { config: { ...LATER, ...WORKERS }, env: ENGINE_MODULES },
}

async function resultsOf(major: JestMajor, { config, args = [], env }: Cell) {
  const project = jestProject(major, FIXTURE, { ...config, reporters: ['default', 'tstrace/jest'] })
  const { status, stderr } = await project.jest(args, { env: { TSTRACE: '-T', ...env } })
  expect(status, stderr).toBe(0)
  expect(stderr).not.toContain('tstrace:')
  return { project, results: project.read('coverage/tstrace/results.json') }
}

async function resultsOfVitest() {
  const project = vitestProject(NEWEST, FIXTURE)
  expect(await project.vitest(['--reporter=tstrace'], { env: { TSTRACE: '-T' } })).toMatchObject({
    status: 0,
  })
  return project.read('coverage/tstrace/results.json')
}

const expected = resultsOfVitest()

/** What each transformer makes in each Jest is in `jest-recurse`; worker kinds are in each Jest in `jest-flush`. */
const OTHER_TRANSFORMERS: readonly string[] = [
  'babel-jest in child processes',
  'babel-jest in threads',
  'ts-jest in child processes',
]

const SOME = Object.keys(CELLS).filter((cell) => IS_WHOLE || !OTHER_TRANSFORMERS.includes(cell))

const ROWS = rowsOf({ cell: SOME, major: WORKERS_OF_JEST.jest }, 1)

test.each(ROWS)('Jest $major, $cell gives the results that Vitest gives', async ({ cell, major }) => {
  expect((await resultsOf(major, CELLS[cell] as Cell)).results).toBe(await expected)
})

test.each(ANY_JEST_MAJOR)(
  'Jest %i: the results of two shards add up to those of the whole run',
  async (major) => {
    const shard = async (which: string) => {
      const { results } = await resultsOf(major, {
        config: { transform: TRANSFORMS['@swc/jest'] },
        args: [which],
      })
      return CoverageResults.fromJSON(results)
    }
    const [sum, other] = await Promise.all([shard('--shard=1/2'), shard('--shard=2/2')])
    expect(sum.sources()).not.toEqual([])
    expect(other.sources()).not.toEqual([])
    sum.update(other)
    expect(JSON.parse(JSON.stringify(sum))).toEqual(JSON.parse(await expected))
  },
)
