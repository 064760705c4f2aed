import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CoverageResults } from '@tstrace/results'
import { expect, test } from 'vitest'
import { JEST_MAJORS, type JestMajor, type JestProject, jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { rowsOf } from '../matrix.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)
/** The same sources as in the scenario of Vitest. */
const SOURCES = fileURLToPath(new URL('../hostile/fixtures/src/', import.meta.url))

function hostile(major: JestMajor, config: object): JestProject {
  const project = jestProject(major, FIXTURE, {
    transform: TRANSFORMS['babel-jest'],
    setupFilesAfterEnv: ['<rootDir>/test/setup.ts'],
    restoreMocks: true,
    ...config,
  })
  cpSync(SOURCES, join(project.folder, 'src'), { recursive: true })
  return project
}

/** Which tests passed and failed. */
function outcome(stderr: string): string[] {
  return stderr.match(/^ +[✓✕○].*?(?=( \(\d+ ms\))?$)|^Tests:.*/gm) ?? []
}

const KINDS = {
  'in band': { maxWorkers: 1 },
  'threads and jsdom': {
    ...{ maxWorkers: 2, workerIdleMemoryLimit: '4GB' },
    ...{ workerThreads: true, testEnvironment: 'jsdom' },
  },
}

const KIND_NAMES = Object.keys(KINDS) as (keyof typeof KINDS)[]

test.each(rowsOf({ kind: KIND_NAMES, major: JEST_MAJORS }, 1))(
  'Jest $major, $kind: mocks, fake timers and globals of the tests change no count',
  async ({ kind, major }) => {
    const config = KINDS[kind]
    const plain = await hostile(major, config).jest(['--verbose'])
    expect({ status: plain.status, stderr: plain.stderr }).toMatchObject({ status: 0 })
    const project = hostile(major, { ...config, reporters: ['default', 'tstrace/jest'] })
    const traced = await project.jest(['--verbose'], { env: { TSTRACE: '--trackcalls' } })
    expect(traced.status, traced.stderr).toBe(0)
    expect(traced.stderr).not.toContain('tstrace:')
    expect(outcome(traced.stderr)).toEqual(outcome(plain.stderr))
    expect(outcome(traced.stderr)).toHaveLength(6)
    expect(project.read('coverage/tstrace/src/polite.cover')).toContain('    4:   const before = Date.now()')
    expect(callsOf(project.read('coverage/tstrace/results.json'), 'target')).toEqual([121, 121])
  },
)

/** The sum of the edges into a function, and its own count. */
function callsOf(text: string, name: string): number[] {
  const results = CoverageResults.fromJSON(text)
  const calls = results.functions('src/many-callers.ts').find((one) => one.name === name)?.calls
  const edges = results.edges().filter(({ callee }) => callee.name === name)
  return [edges.reduce((sum, edge) => sum + edge.calls, 0), calls ?? -1]
}
