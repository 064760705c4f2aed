import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inTurn } from '../matrix.ts'
import { ANY_MAJOR, MAJORS, vitestProject } from '../vitest-project.ts'
import { writeLargeSuite } from './large-suite.ts'

const FIXTURE = new URL('../recurse/fixtures/', import.meta.url)
const LARGE = new URL('./fixtures/', import.meta.url)
const WRITTEN =
  '\nWritten to coverage/tstrace/: 60 listings, results.json, recording.counts, functions.txt, calls.txt, summary.txt\n'

describe.each(MAJORS)('Vitest %i', (major) => {
  const test = inTurn(MAJORS, major)
  test('of a large suite the beginnings are shown, the rest is in files, and the tests end the screen', async () => {
    const project = vitestProject(major, LARGE)
    writeLargeSuite(project, 'vitest')
    const env = { TSTRACE: '--listfuncs --trackcalls' }
    const { status, stdout, stderr } = await project.vitest(['--reporter=tstrace'], { env })
    expect(status).toBe(1)
    const [shown = '', tests = ''] = stdout.split(WRITTEN)
    expect(tests).toMatch(/^\n Test Files {2}1 failed \(1\)\n(.*\n){3,6}$/)
    expect(stderr).toContain('wrong on purpose')
    // Lowest coverage first.
    expect(shown).toMatch(/\nlines {3}cov%.*\n {4}4 {4}50% {3}src\.part59 .*\n {4}4 {3}100% {3}src\.part00 /)
    expect(shown).toContain(
      '… 41 more lines in coverage/tstrace/summary.txt; the option fullLists prints them.\n',
    )
    expect(shown).toMatch(/… \d+ more lines in coverage\/tstrace\/functions\.txt;/)
    expect(shown).toMatch(/… \d+ more lines in coverage\/tstrace\/calls\.txt;/)
    expect(shown.slice(shown.indexOf('\nlines   cov%')).split('\n').length).toBeLessThan(75)
    expect(project.read('coverage/tstrace/summary.txt').split('\n')).toHaveLength(62)
    expect(project.read('coverage/tstrace/functions.txt')).toContain(
      'modulename: src.part58, funcname: inner\n',
    )
    expect(project.read('coverage/tstrace/calls.txt')).toContain(
      '    src.part58.part58 -> src.part58.inner\n',
    )

    if (!ANY_MAJOR.includes(major)) return
    const full = await project.vitest(['--reporter=tstrace'], { env: { TSTRACE: '-l -T --full-lists' } })
    for (const list of ['summary', 'functions', 'calls'])
      expect(full.stdout, list).toContain(project.read(`coverage/tstrace/${list}.txt`))
  })

  test('with colours there are bars; what is too little makes the status 1', async () => {
    const project = vitestProject(major, FIXTURE)
    const TSTRACE = '--total --ranges --fail-under 84 --fail-under-file 83'
    const env = { TSTRACE, NO_COLOR: '', FORCE_COLOR: '1', COLUMNS: '80' }
    const { status, stderr, stdout } = await project.vitest(['--reporter=tstrace'], { env })
    expect(stdout).toContain('Tests  1 passed')
    expect(stdout).toContain(`lines   cov%   heat       module   (path)   missing
    6    83%   ■■■■■■■■   src.recurse   (src/recurse.ts)   9
    6    83%              TOTAL   (1 source)
`)
    expect(stderr).toBe('tstrace: Of all lines 83.33% (5 of 6) ran, less than the 84% of failUnder.\n')
    expect(status).toBe(1)
    expect(project.read('coverage/tstrace/summary.txt')).toContain('    6    83%   TOTAL   (1 source)\n')

    if (!ANY_MAJOR.includes(major)) return
    const part = await project.vitest(['--reporter=tstrace', '--shard=1/1'], { env: { TSTRACE } })
    expect([part.status, part.stderr], 'a shard is a part of the run').toEqual([0, ''])
  })

  test('JSON on standard output stays JSON', async () => {
    const project = vitestProject(major, FIXTURE)
    // Vitest 5 writes a file unless it is told otherwise.
    const config = "export default { test: { reporters: [['json', { stdout: true }], 'tstrace'] } }\n"
    if (major === 5) project.write('vitest.config.ts', config)
    const args = major === 5 ? [] : ['--reporter=json', '--reporter=tstrace']
    const { status, stdout, stderr } = await project.vitest(args, { env: { TSTRACE: '-l --debug' } })
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ numPassedTests: 1 })
    expect(stderr).toContain('    6    83%   src.recurse   (src/recurse.ts)\n')
  })

  test('strict: what could not be counted or written makes the status 1', async () => {
    const project = vitestProject(major, FIXTURE)
    project.write('taken', 'a file')
    const run = async (options: string) => {
      const env = { TSTRACE: options }
      const { status, stdout } = await project.vitest(['--reporter=tstrace'], { env })
      expect(stdout).toContain('Tests  1 passed')
      return status
    }
    expect(await run('-C taken/out --strict')).toBe(1)
    if (!ANY_MAJOR.includes(major)) return
    expect(await run('--strict')).toBe(0)
    expect(await run('-C taken/out')).toBe(0)
    expect(await run('--strict --trackcals')).toBe(1)
  })

  test('the listings of a run beside coverage stay', async () => {
    const project = vitestProject(major, FIXTURE)
    project.write('coverage/tstrace/own.cover', 'not ours')
    // The clean of coverage comes before the tests, and takes what is of earlier runs.
    const args = ['--reporter=tstrace', '--coverage', '--coverage.provider=istanbul']
    expect((await project.vitest(args)).status).toBe(0)
    const there = (path: string) => existsSync(join(project.folder, 'coverage/tstrace', path))
    expect([there('src/recurse.cover'), there('own.cover')]).toEqual([true, false])
  })
})

describe.each(ANY_MAJOR)('Vitest %i', (major) => {
  test('listings of sources that are gone are removed, and nothing else', async () => {
    const project = vitestProject(major, FIXTURE)
    project.write('coverage/tstrace/own.cover', 'not ours')
    await project.vitest(['--reporter=tstrace'])
    project.write('src/other.ts', project.read('src/recurse.ts'))
    const test = project.read('test/recurse.test.ts').replace('src/recurse', 'src/other')
    project.write('test/recurse.test.ts', test)
    await project.vitest(['--reporter=tstrace'])
    const there = (path: string) => existsSync(join(project.folder, 'coverage/tstrace', path))
    expect([there('src/recurse.cover'), there('src/other.cover'), there('own.cover')]).toEqual([
      false,
      true,
      true,
    ])
  })
})
