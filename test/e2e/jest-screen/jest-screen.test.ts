import { describe, expect } from 'vitest'
import { ANY_JEST_MAJOR, JEST_MAJORS, type JestProject, jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { inTurn } from '../matrix.ts'
import { writeLargeSuite } from '../screen/large-suite.ts'

const FIXTURE = new URL('../jest-recurse/fixtures/', import.meta.url)
const LARGE = new URL('../screen/fixtures/', import.meta.url)

describe.each(JEST_MAJORS)('Jest %i', (major) => {
  const test = inTurn(JEST_MAJORS, major)
  const prepare = (fixture: URL): JestProject =>
    jestProject(major, fixture, {
      testMatch: ['**/*.test.ts'],
      transform: TRANSFORMS['@swc/jest'],
      reporters: ['default', 'tstrace/jest'],
    })

  test('of a large suite the beginnings are shown, the rest is in files, and the tests end the screen', async () => {
    const project = prepare(LARGE)
    writeLargeSuite(project, '@jest/globals')
    const { status, stderr } = await project.jest([], { env: { TSTRACE: '--listfuncs --trackcalls' } })
    expect(status).toBe(1)
    const [shown = '', tests = ''] = stderr.split(
      '\nWritten to coverage/tstrace/: 60 listings, results.json, recording.counts, functions.txt, calls.txt, summary.txt\n',
    )
    expect(shown).toContain('wrong on purpose')
    expect(tests).toMatch(/^\nTest Suites: 1 failed, 1 total\n(.+\n){4}$/)
    expect(shown).toContain(
      '… 41 more lines in coverage/tstrace/summary.txt; the option fullLists prints them.\n',
    )
    expect(shown.slice(shown.indexOf('\nlines   cov%')).split('\n').length).toBeLessThan(75)
    expect(project.read('coverage/tstrace/calls.txt')).toContain(
      '    src.part58.part58 -> src.part58.inner\n',
    )

    if (!ANY_JEST_MAJOR.includes(major)) return
    const full = await project.jest([], { env: { TSTRACE: '-l -T --full-lists' } })
    for (const list of ['summary', 'functions', 'calls'])
      expect(full.stderr, list).toContain(project.read(`coverage/tstrace/${list}.txt`))
  })

  // Jest ends what it shows of test files with an empty line of its own where it shows every test.
  test.each([
    ['one test file', []],
    ['every test', ['--verbose']],
    ['test files alone', ['--verbose=false']],
  ])('one empty line is on each side of the report: %s', async (_what, args) => {
    const { stderr } = await prepare(FIXTURE).jest(args)
    expect(stderr).not.toContain('\n\n\n')
    expect(stderr).toMatch(/\S\n\nlines {3}cov%[\s\S]*\nWritten to .*\n\nTest Suites: /)
  })

  test('JSON on standard output stays JSON', async () => {
    const { status, stdout, stderr } = await prepare(FIXTURE).jest(['--json'], {
      env: { TSTRACE: '-l --debug' },
    })
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ numPassedTests: 1, success: true })
    expect(stderr).toContain('   src.recurse   (src/recurse.ts)\n')
  })

  test('strict: what could not be counted or written makes the status 1', async () => {
    const project = prepare(FIXTURE)
    project.write('taken', 'a file')
    const run = async (options: string) => {
      const { status, stderr } = await project.jest([], { env: { TSTRACE: options } })
      expect(stderr).toMatch(/Tests: +1 passed/)
      return status
    }
    expect(await run('-C taken/out --strict')).toBe(1)
    if (!ANY_JEST_MAJOR.includes(major)) return
    expect(await run('--strict --fail-under 50')).toBe(0)
    expect(await run('-C taken/out')).toBe(0)
    expect(await run('--strict --trackcals')).toBe(1)
    const env = { TSTRACE: '--fail-under 84 --total', NO_COLOR: '', FORCE_COLOR: '1' }
    const { status, stderr } = await project.jest([], { env })
    expect(stderr).toContain('    6    83%              TOTAL   (1 source)\n')
    expect(stderr).toContain('tstrace: Of all lines 83.33% (5 of 6) ran, less than the 84% of failUnder.\n')
    expect(status, 'less has run than was asked for').toBe(1)
  })
})
