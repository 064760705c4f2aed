import { expect, test } from 'vitest'
import { folderWith, tstrace } from '../cli-command/tstrace-command.ts'
import { ANY_JEST_MAJOR, jestProject } from '../jest-project.ts'
import { MAJORS, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('../recurse/fixtures/', import.meta.url)

/** Node with `eval` and `Function` forbidden, all that tstrace can do at work. */
const env = {
  NODE_OPTIONS: '--disallow-code-generation-from-strings',
  TSTRACE: '--trackcalls --listfuncs --trace',
}

const SUMMARY = /6 {4}83% {3}src\.recurse[\s\S]*src\.recurse\.recurse -> src\.recurse\.recurse/
const ENTERED = ' --- modulename: src.recurse, funcname: recurse\n'

// Vitest 3 itself does not run so.
test.each(MAJORS.filter((major) => major >= 4))('Vitest %i', async (major) => {
  const project = vitestProject(major, FIXTURE)
  const { status, stderr, stdout } = await project.vitest(['--reporter=tstrace'], { env })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toMatch(SUMMARY)
  expect(project.read('coverage/tstrace/test/recurse.test.trace')).toContain(ENTERED)
})

// Nor does Jest 29: its watcher makes its errors of text.
test.each(ANY_JEST_MAJOR.filter((major) => major >= 30))('Jest %i', async (major) => {
  const project = jestProject(major, FIXTURE, {
    transform: { '\\.ts$': '<rootDir>/esbuild-transformer.cjs' },
    reporters: ['default', 'tstrace/jest'],
  })
  project.write('test/recurse.test.ts', project.read('test/recurse.test.ts').replaceAll(/\bvi\b/g, 'jest'))
  const { status, stderr } = await project.jest([], { env })
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringMatching(SUMMARY) })
  expect(stderr).not.toContain('tstrace:')
  expect(project.read('coverage/tstrace/test/recurse.test.trace')).toContain(ENTERED)
})

test('the command, with a program that has to be compiled', async () => {
  const folder = folderWith({
    'main.ts': "import { Suit } from './suit.mts'\nconsole.log(Suit.Hearts)\n",
    'suit.mts': 'export enum Suit {\n  Hearts = 4,\n}\n',
  })
  const args = ['-ctsT', '-C', 'out', 'main.ts']
  const plain = await tstrace(folder, args)
  expect(plain).toMatchObject({
    status: 0,
    stderr: '',
    stdout: expect.stringMatching(/^4\n[\s\S]*100% {3}suit/m),
  })
  expect(await tstrace(folder, args, { env: { NODE_OPTIONS: env.NODE_OPTIONS } })).toEqual(plain)
})
