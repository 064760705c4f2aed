import { describe, expect, test } from 'vitest'
import type { Ended } from '../command.ts'
import { JEST_MAJORS, type JestMajor, type JestProject, jestProject } from '../jest-project.ts'
import { TRANSFORMERS, TRANSFORMS, type TransformerName } from '../jest-transforms.ts'

const FIXTURE = new URL('../faithful/fixtures/', import.meta.url)

/** What a run says without its times and its own place. */
function said({ status, stdout, stderr }: Ended): object {
  const timeless = stderr.replace(/\d+(\.\d+)? m?s\b/g, 'TIME').replace(/ \(TIME\)|, estimated TIME/g, '')
  return { status, stdout, stderr: timeless.split('\n').filter((line) => line !== '') }
}

function project(major: JestMajor, transformer: TransformerName, reporters: readonly string[]): JestProject {
  const made = jestProject(major, FIXTURE, {
    transform: TRANSFORMS[transformer],
    moduleNameMapper: { '^(\\.+/.+)\\.js$': '$1' },
    prettierPath: null,
    reporters: ['default', ...reporters],
  })
  const path = 'test/ledger.test.ts'
  made.write(path, made.read(path).replace(", 'the sum'", ''))
  return made
}

describe.each(JEST_MAJORS)('Jest %i', (major) => {
  test.each(TRANSFORMERS)('%s: says the same with and without tracing', async (transformer) => {
    const plain = await project(major, transformer, []).jest(['ledger'])
    const traced = project(major, transformer, ['tstrace/jest'])
    const calls = await traced.jest(['ledger'], { env: { TSTRACE: '--no-report --trackcalls' } })
    expect(plain.stderr).toContain('at the bottom')
    expect(plain.stderr).toContain('Tests:       5 failed, 2 passed, 7 total')
    expect(said(calls)).toEqual(said(plain))
    if (transformer !== 'babel-jest') return
    const counts = await traced.jest(['ledger'], { env: { TSTRACE: '--no-report' } })
    expect(said(counts)).toEqual(said(plain))
  })

  test.each(TRANSFORMERS)('%s: writes the same inline snapshots', async (transformer) => {
    const args = ['new', '--ci=false']
    const plain = project(major, transformer, [])
    const calls = project(major, transformer, ['tstrace/jest'])
    const ended = await plain.jest(args)
    expect(ended.status, ended.stderr).toBe(0)
    const traced = await calls.jest(args, { env: { TSTRACE: '--trackcalls' } })
    expect(traced.status, traced.stderr).toBe(0)
    expect(plain.read('test/new.test.ts')).toContain('toMatchInlineSnapshot(`5`)')
    expect(calls.read('test/new.test.ts')).toBe(plain.read('test/new.test.ts'))
  })
})
