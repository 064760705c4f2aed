import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  ANY_JEST_MAJOR,
  JEST_MAJORS,
  type JestMajor,
  type JestProject,
  jestProject,
} from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { inTurn, rowsOf } from '../matrix.ts'
import { SEVERAL, writeSeveral } from '../several-workers.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

/** Jest runs few files in its own process whatever is asked for, unless workers have a limit of memory. */
const WORKERS = { maxWorkers: 2, workerIdleMemoryLimit: '4GB' }

function calls(project: JestProject): Record<string, number> {
  const { sources } = JSON.parse(project.read('coverage/tstrace/results.json')) as {
    sources: { path: string; functions: { name: string; calls: number }[] }[]
  }
  return Object.fromEntries(
    sources.map(({ functions }) => [functions[1]?.name, functions[1]?.calls]),
  ) as Record<string, number>
}

function flushing(major: JestMajor, folder: string, config: object): JestProject {
  return jestProject(major, FIXTURE, {
    transform: TRANSFORMS['@swc/jest'],
    reporters: ['default', 'tstrace/jest'],
    testMatch: [`**/${folder}/*.test.ts`],
    ...config,
  })
}

const KINDS = {
  'in band': { maxWorkers: 1 },
  'child processes': WORKERS,
  threads: { ...WORKERS, workerThreads: true },
}
const KIND_NAMES = Object.keys(KINDS) as (keyof typeof KINDS)[]

describe.each(JEST_MAJORS)('Jest %i', (major) => {
  const test = inTurn(JEST_MAJORS, major)
  test.each(Object.entries(KINDS))(
    '%s: import failure, timeout and late timers lose nothing',
    async (_name, kind) => {
      const project = flushing(major, 'test', kind)
      const { status, stderr } = await project.jest([])
      expect(status).toBe(1)
      expect(stderr).not.toContain('tstrace:')
      expect(calls(project)).toEqual({ broken: 1, dynamic: 1, late: 2, slow: 1 })
    },
  )

  test('process.exit in a worker loses nothing', async () => {
    const project = flushing(major, 'exit', WORKERS)
    const { status } = await project.jest([])
    expect(status).not.toBe(0)
    // Jest starts the worker again and gives it the file again.
    const { exit = 0, slow } = calls(project)
    expect(exit).toBeGreaterThan(0)
    expect(slow).toBe(1)
  })

  test('process.exit in the process of Jest itself leaves a report that says so', async () => {
    const project = flushing(major, 'exit', { maxWorkers: 1 })
    const { status, stderr } = await project.jest([])
    expect(status).toBe(3)
    expect(calls(project)).toMatchObject({ exit: 1 })
    expect(stderr).toContain('tstrace: The run was interrupted before its end: what ran last')
  })

  test.each([
    ['process.reallyExit(0)', 0],
    ['process.abort()', null],
    ["process.kill(process.pid, 'SIGKILL')", null],
  ])('%s in the process of Jest itself leaves a report that says so', async (way, status) => {
    const project = flushing(major, 'exit', { maxWorkers: 1 })
    const path = 'exit/exit.test.ts'
    project.write(path, project.read(path).replace('process.exit(3)', way))
    const ended = await project.jest([])
    expect(ended.status).toBe(status)
    expect(ended.stderr).toContain('tstrace: The run was interrupted before its end: what ran last')
    expect(calls(project)).toMatchObject({ exit: 1 })
  })

  test('a worker that Jest has to stop loses nothing', async () => {
    const project = flushing(major, 'stopped', WORKERS)
    const { status, stderr } = await project.jest([])
    expect(status).toBe(0)
    expect(stderr).toContain('A worker process has failed to exit gracefully')
    expect(stderr).not.toContain('tstrace:')
    const { late = 0, slow } = calls(project)
    expect(late).toBeGreaterThan(2)
    expect(slow).toBe(1)
  })

  test('--forceExit ends the process behind the report', async () => {
    const project = flushing(major, 'stopped', { maxWorkers: 1 })
    const { status } = await project.jest(['--forceExit'])
    expect(status).toBe(0)
    expect(calls(project)).toMatchObject({ slow: 1 })
  })

  test('a killed worker keeps its finished tests, and the report names the test file', async () => {
    const project = flushing(major, 'killed', WORKERS)
    const { status, stderr } = await project.jest([])
    expect(status).not.toBe(0)
    const { killed = 0 } = calls(project)
    expect(killed).toBeGreaterThan(1)
    expect(stderr).toMatch(
      /tstrace: The worker of killed\/killed\.test\.ts \(process \d+\) was stopped from outside, .* is missing/,
    )
  })
})

test.each(rowsOf({ kind: KIND_NAMES, major: JEST_MAJORS }, 1))(
  'Jest $major, $kind: files of test files that have ended are taken before the end',
  async ({ kind, major }) => {
    const project = flushing(major, 'several', KINDS[kind])
    const env = writeSeveral(project, '@jest/globals')
    const { status, stderr } = await project.jest([], { env })
    expect(status, stderr).toBe(0)
    expect(stderr).not.toContain('tstrace:')
    expect(calls(project)).toEqual({ slow: SEVERAL })
  },
)

test.each(rowsOf({ signal: ['SIGINT', 'SIGTERM'], major: JEST_MAJORS }, 1))(
  'Jest $major: $signal writes the report of what ran so far, and nothing stays behind',
  async ({ major, signal }) => {
    const project = flushing(major, 'endless', { maxWorkers: 1 })
    const { env, left } = ownTemporaryFolder(project)
    const { status, stderr } = await project.jest([], { env, interrupt: { signal, after: 'waiting' } })
    expect(status).toBeNull()
    expect(stderr).toContain('tstrace: The run was interrupted')
    expect(calls(project)).toEqual({ slow: 1 })
    expect(left()).toEqual([])
  },
)

const waiting = (milliseconds: number): string => `import { test } from '@jest/globals'
test('x', () => new Promise((end) => setTimeout(end, ${milliseconds})))
`

describe.each(ANY_JEST_MAJOR)('Jest %i', (major) => {
  test.each(['in band', 'child processes'] as const)('bail keeps what ran before, %s', async (kind) => {
    const project = flushing(major, 'bail', KINDS[kind])
    // In a worker the next one ends while the report is written: Jest stops a second time then.
    for (const [name, wait] of [
      ['later', 600],
      ['last', 0],
    ] as const)
      project.write(`bail/${name}.test.ts`, waiting(wait))
    const { status, stderr } = await project.jest(['--bail'])
    expect(status).toBe(1)
    // To a worker Jest gives the next file before it looks at what became of the last one.
    if (kind === 'in band') expect(stderr).not.toContain('Nothing was heard')
    expect(calls(project)).toEqual({ bail: 2 })
  })

  test('what a killed Jest left behind is removed by the next run', async () => {
    const project = flushing(major, 'endless', { maxWorkers: 1 })
    const { env, left } = ownTemporaryFolder(project)
    const killed = { env, interrupt: { signal: 'SIGKILL', after: 'waiting' } } as const
    expect(await project.jest([], killed)).toMatchObject({ status: null })
    expect(left()).toEqual([expect.stringMatching(/^tstrace-\d+-/)])
    await project.jest(['--testMatch=**/stopped/slow.test.ts'], { env })
    expect(left()).toEqual([])
  })
})

/** A folder for temporary files that nobody else uses, and which of ours are in it. */
function ownTemporaryFolder(project: JestProject): { env: { TMPDIR: string }; left: () => string[] } {
  const TMPDIR = join(project.folder, '../temporary')
  mkdirSync(TMPDIR)
  return { env: { TMPDIR }, left: () => readdirSync(TMPDIR).filter((name) => name.startsWith('tstrace-')) }
}
