import { describe, expect, test } from 'vitest'
import { inTurn, outermost, rowsOf } from '../matrix.ts'
import { ANY_MAJOR, MAJORS, type VitestProject, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)
const SUMMARY = '    6    83%   src.recurse   (src/recurse.ts)'
const FUNCTIONS = `
functions called:
filename: src/recurse.ts, modulename: src.recurse, funcname: <module>
filename: src/recurse.ts, modulename: src.recurse, funcname: recurse
`
const CALLS = `
calling relationships:

*** <event loop> ***
  --> src/recurse.ts
    <event loop> -> src.recurse.<module>

*** src/recurse.ts ***
    src.recurse.recurse -> src.recurse.recurse

*** test/recurse.test.ts ***
  --> src/recurse.ts
    test.recurse.test.test("recurse counts down to 0") -> src.recurse.recurse
`

function configure(project: VitestProject, test: string, plugins = ''): void {
  const text = `import tstrace from 'tstrace'\nexport default { plugins: [${plugins}], test: ${test} }\nvoid tstrace\n`
  project.write('vitest.config.ts', text)
}

async function passing(project: VitestProject, args: readonly string[], env = {}): Promise<string> {
  const { status, stdout, stderr } = await project.vitest(args, { env })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

function times(text: string, part: string): number {
  return text.split(part).length - 1
}

describe.each(outermost(MAJORS))('Vitest %i', (major) => {
  const test = inTurn(outermost(MAJORS), major)
  test('a tuple in the configuration, beside the default reporter', async () => {
    const project = vitestProject(major, FIXTURE)
    configure(project, `{ reporters: ['default', ['tstrace', { listfuncs: true }]] }`)
    const stdout = await passing(project, [])
    expect(times(stdout, 'Tests  1 passed')).toBe(1)
    expect(stdout).toContain(`${SUMMARY}\n${FUNCTIONS}\nWritten to `)
  })

  test('a tuple alone keeps the default reporter; count: false leaves the listing out', async () => {
    const project = vitestProject(major, FIXTURE)
    configure(project, `{ reporters: [['tstrace', { count: false, listfuncs: true }]] }`)
    const stdout = await passing(project, [])
    expect(times(stdout, 'Tests  1 passed')).toBe(1)
    expect(stdout).toContain(
      `\n${FUNCTIONS}\nWritten to coverage/tstrace/: results.json, recording.counts, functions.txt\n`,
    )
    expect(stdout).not.toContain('cov%')
    expect(() => project.read('coverage/tstrace/src/recurse.cover')).toThrow(/ENOENT/)
  })
})

/** Arguments, and what is printed once for all that. */
const BESIDE: Readonly<Record<string, string>> = {
  '': 'Tests  1 passed',
  '--reporter=dot': 'Tests  1 passed',
  '--reporter=tstrace': 'Tests  1 passed',
}

test.each(rowsOf({ args: Object.keys(BESIDE), major: MAJORS }, 1))(
  'Vitest $major: the plugin with "$args"',
  async ({ args, major }) => {
    const project = vitestProject(major, FIXTURE)
    configure(project, '{}', 'tstrace({ listfuncs: true })')
    const stdout = await passing(project, args.split(' ').filter(Boolean))
    expect(times(stdout, BESIDE[args] as string)).toBe(1)
    expect(times(stdout, FUNCTIONS)).toBe(1)
  },
)

describe.each(ANY_MAJOR)('Vitest %i', (major) => {
  test('TSTRACE on the command line', async () => {
    const project = vitestProject(major, FIXTURE)
    const env = { TSTRACE: '--listfuncs --trackcalls -C "out here"' }
    const stdout = await passing(project, ['--reporter=tstrace'], env)
    expect(stdout).toContain(`${SUMMARY}\n${FUNCTIONS}${CALLS}\nWritten to out here/: 1 listing, `)
    expect(project.read('out here/src/recurse.cover')).toContain('>>>>>>   console.log')
    expect(project.read('out here/src/recurse.cover')).toContain('>>>>>>   console.log')
  })

  test('a configuration file, the weakest of the three', async () => {
    const project = vitestProject(major, FIXTURE)
    project.write('tstrace.config.ts', 'export default { coverdir: "c" as string, listfuncs: true }\n')
    const stdout = await passing(project, ['--reporter=tstrace'], { TSTRACE: '-C t' })
    expect(stdout).toContain(FUNCTIONS)
    expect(project.read('t/results.json')).toContain('tstrace-results')
  })

  test('file adds up over runs', async () => {
    const project = vitestProject(major, FIXTURE)
    await passing(project, ['--reporter=tstrace'], { TSTRACE: '-f counts/all.json' })
    await passing(project, ['--reporter=tstrace'], { TSTRACE: '-f counts/all.json' })
    expect(project.read('coverage/tstrace/src/recurse.cover')).toContain('    6:   if (level) {')
  })

  test('filters, sources nobody loaded, tests on request, and the reasons', async () => {
    const project = vitestProject(major, FIXTURE)
    project.write('src/lonely.ts', 'export const lonely = () => 1\n')
    project.write('src/old/gone.ts', 'export const gone = () => 1\n')
    const env = { TSTRACE: '--all --include "src/**" --ignore-module src.old --list-tests --debug' }
    const stdout = await passing(project, ['--reporter=tstrace'], env)
    expect(stdout).toContain('ignored src/old/gone.ts: is in ignoreModule src.old\n')
    expect(stdout).toContain('traced  src/lonely.ts: matches include\n')
    expect(stdout).toContain('    1     0%   src.lonely   (src/lonely.ts)\n')
    expect(stdout).toContain('test.recurse.test   (test/recurse.test.ts)\n')
    expect(project.read('coverage/tstrace/src/lonely.cover')).toMatch(/^>>>>>> /)
  })
})
