import { describe, expect, test } from 'vitest'
import type { Ended } from '../command.ts'
import { writePlainSources } from '../jest-plain-sources.ts'
import { JEST_MAJORS, type JestMajor, type JestProject, jestProject } from '../jest-project.ts'
import { LATER, TRANSFORMERS, TRANSFORMS } from '../jest-transforms.ts'

const FIXTURE = new URL('../faithful/fixtures/', import.meta.url)

/** What a run says without its times and its own place. */
function said({ status, stdout, stderr }: Ended): object {
  const timeless = stderr.replace(/\d+(\.\d+)? m?s\b/g, 'TIME').replace(/ \(TIME\)|, estimated TIME/g, '')
  return { status, stdout, stderr: timeless.split('\n').filter((line) => line !== '') }
}

interface Way {
  readonly config: object
  readonly nodeOptions?: string
  readonly extension?: 'mjs'
}

const ENGINE_MODULES = '--experimental-vm-modules --no-warnings'

const WAYS: Readonly<Record<string, Way>> = {
  ...Object.fromEntries(
    TRANSFORMERS.map((name) => [
      name,
      { config: { transform: TRANSFORMS[name], moduleNameMapper: { '^(\\.+/.+)\\.js$': '$1' } } },
    ]),
  ),
  'an asynchronous transformer and modules of the engine': { config: LATER, nodeOptions: ENGINE_MODULES },
  'no transformer and modules of the engine': {
    config: { transform: {} },
    nodeOptions: ENGINE_MODULES,
    extension: 'mjs',
  },
}

function project(major: JestMajor, { config, extension }: Way, reporters: readonly string[]): JestProject {
  const made = jestProject(major, FIXTURE, {
    prettierPath: null,
    moduleFileExtensions: ['js', 'mjs', 'ts'],
    testMatch: [`**/*.test.${extension ?? 'ts'}`],
    reporters: ['default', ...reporters],
    ...config,
  })
  const path = 'test/ledger.test.ts'
  made.write(path, made.read(path).replace(", 'the sum'", ''))
  if (extension) writePlainSources(made, ['src/ledger', 'test/ledger.test', 'test/new.test'], extension)
  return made
}

describe.each(JEST_MAJORS)('Jest %i', (major) => {
  test.each(Object.entries(WAYS))('%s: says the same with and without tracing', async (name, way) => {
    const env = { ...(way.nodeOptions && { NODE_OPTIONS: way.nodeOptions }) }
    const plain = await project(major, way, []).jest(['ledger'], { env })
    const traced = project(major, way, ['tstrace/jest'])
    const calls = await traced.jest(['ledger'], {
      env: { ...env, TSTRACE: '--no-report --trackcalls' },
    })
    expect(plain.stderr).toContain('at the bottom')
    expect(plain.stderr).toContain('Tests:       5 failed, 2 passed, 7 total')
    expect(said(calls)).toEqual(said(plain))
    if (name !== 'babel-jest') return
    const counts = await traced.jest(['ledger'], { env: { TSTRACE: '--no-report' } })
    expect(said(counts)).toEqual(said(plain))
  })

  test.each(Object.entries(WAYS))('%s: writes the same inline snapshots', async (_name, way) => {
    const args = ['new', '--ci=false']
    const env = { ...(way.nodeOptions && { NODE_OPTIONS: way.nodeOptions }) }
    const path = `test/new.test.${way.extension ?? 'ts'}`
    const plain = project(major, way, [])
    const calls = project(major, way, ['tstrace/jest'])
    const ended = await plain.jest(args, { env })
    expect(ended.status, ended.stderr).toBe(0)
    const traced = await calls.jest(args, { env: { ...env, TSTRACE: '--trackcalls' } })
    expect(traced.status, traced.stderr).toBe(0)
    expect(plain.read(path)).toContain('toMatchInlineSnapshot(`5`)')
    expect(calls.read(path)).toBe(plain.read(path))
  })
})
