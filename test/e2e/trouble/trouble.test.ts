import { describe, expect, test } from 'vitest'
import { inTurn, outermost } from '../matrix.ts'
import { ANY_MAJOR, MAJORS, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)
const SUMMARY = '    1   100%   src.fine   (src/fine.ts)'

describe.each(outermost(MAJORS))('Vitest %i', (major) => {
  const test = inTurn(outermost(MAJORS), major)
  test('a source that cannot be parsed runs as it would without us, and is named', async () => {
    const project = vitestProject(major, FIXTURE)
    project.write('src/broken.ts', 'export const fine = )\n')
    project.write(
      'test/broken.test.ts',
      "import { test } from 'vitest'\nimport '../src/broken.ts'\ntest('x', () => {})\n",
    )
    const plain = await project.vitest([])
    const traced = await project.vitest(['--reporter=tstrace'])
    expect(traced.status).toBe(plain.status)
    expect(traced.stderr).toMatch(/tstrace: src\/broken\.ts is not counted: .*src\/broken\.ts:1:/)
    // In front of the failures, which are what one sees last.
    expect(traced.stderr.replace(/^tstrace: .*\n/, '')).toBe(plain.stderr)
    expect(traced.stdout).toContain(SUMMARY)
  })

  test('a folder and a file of our name in the root are not taken for us', async () => {
    const project = vitestProject(major, FIXTURE)
    project.write('tstrace/index.js', 'throw new Error("not us")')
    project.write('tstrace.js', 'throw new Error("not us")')
    // Vitest 3 itself takes a file in the root for the package of that name; there the longer name helps.
    const reporter = major === 3 ? '@tstrace/vitest' : 'tstrace'
    const { status, stdout, stderr } = await project.vitest([`--reporter=${reporter}`])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain(SUMMARY)
  })
})

describe.each(ANY_MAJOR)('Vitest %i', (major) => {
  test('a folder that is no package is not taken for us', async () => {
    const project = vitestProject(major, FIXTURE)
    project.write('tstrace/notes.txt', '')
    const { status, stdout, stderr } = await project.vitest(['--reporter=tstrace'])
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain(SUMMARY)
  })

  test('an output folder that cannot be written is one message after the tests', async () => {
    const project = vitestProject(major, FIXTURE)
    project.write('taken', 'a file')
    const env = { TSTRACE: '-C taken/out' }
    const { status, stdout, stderr } = await project.vitest(['--reporter=tstrace'], { env })
    expect(status).toBe(0)
    expect(stderr).toMatch(
      /^tstrace: Cannot write <project>\/taken\S*: a part of its path is a file, not a folder \(ENOTDIR\)\. Choose another folder\..*\n$/,
    )
    expect(stdout).toContain('Tests  1 passed')
    expect(stdout).toContain(SUMMARY)
  })

  test('an unknown option is told with the nearest one, and the tests run', async () => {
    const project = vitestProject(major, FIXTURE)
    const env = { TSTRACE: '--trackcals' }
    const { status, stdout, stderr } = await project.vitest(['--reporter=tstrace'], { env })
    expect(status).toBe(0)
    expect(stderr).toBe(
      'tstrace: Unknown option "--trackcals" in TSTRACE. Did you mean "--trackcalls"? Nothing was traced. [TST_OPTION_UNKNOWN]\n',
    )
    expect(stdout).toContain('Tests  1 passed')
    expect(stdout).not.toContain('src.fine')
  })

  test('a configuration that cannot be loaded is named', async () => {
    const project = vitestProject(major, FIXTURE)
    project.write('tstrace.config.mjs', 'export default {')
    const { status, stdout, stderr } = await project.vitest(['--reporter=tstrace'])
    expect(status).toBe(0)
    expect(stderr).toMatch(/^tstrace: <project>\/tstrace\.config\.mjs cannot be loaded: /)
    expect(stdout).toContain('Tests  1 passed')
  })

  test('a configuration that ends the process does not do so in silence', async () => {
    const project = vitestProject(major, FIXTURE)
    project.write('tstrace.config.mjs', 'process.exit(7)')
    expect(await project.vitest(['--reporter=tstrace'])).toMatchObject({
      status: 7,
      stderr: 'tstrace: The process ended while <project>/tstrace.config.mjs was loaded. [TST_CONFIG]\n',
    })
  })

  test('options that throw when they are read are one sentence, and the tests run', async () => {
    const project = vitestProject(major, FIXTURE)
    const options = "{ get strict() { throw new Error('no') } }"
    project.write(
      'vitest.config.mjs',
      `export default { test: { reporters: ['default', ['tstrace', ${options}]] } }\n`,
    )
    const { status, stderr } = await project.vitest([])
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: 'tstrace: the options of tstrace cannot be read: no. Nothing was traced. [TST_OPTION_VALUE]\n',
    })
  })

  test('failing tests fail as before', async () => {
    const project = vitestProject(major, FIXTURE)
    project.write('test/fine.test.ts', project.read('test/fine.test.ts').replace('toBe(2)', 'toBe(3)'))
    const { status, stdout } = await project.vitest(['--reporter=tstrace'])
    expect(status).toBe(1)
    expect(stdout).toContain(SUMMARY)
  })
})
