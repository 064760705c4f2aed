import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { ANY_JEST_MAJOR, JEST_MAJORS, type JestProject, jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { inTurn, rowsOf } from '../matrix.ts'

const FIXTURE = new URL('../jest-recurse/fixtures/', import.meta.url)
const TRANSFORM = TRANSFORMS['@swc/jest']
/** Not in one piece: Vitest would take it for its own. */
const DOCBLOCK = ['@jest', 'environment'].join('-')
const SUMMARY = '    6    83%   src.recurse   (src/recurse.ts)'
const FUNCTIONS = 'filename: src/recurse.ts, modulename: src.recurse, funcname: recurse\n'

async function passing(project: JestProject, args: readonly string[] = [], env = {}): Promise<string> {
  const { status, stderr } = await project.jest(args, { env })
  expect(status, stderr).toBe(0)
  expect(stderr).not.toContain('tstrace:')
  return stderr
}

test.each(rowsOf({ name: ['tstrace/jest', '@tstrace/jest'], major: JEST_MAJORS }, 1))(
  'Jest $major: $name as a string and with options',
  async ({ major, name }) => {
    const text = jestProject(major, FIXTURE, { transform: TRANSFORM, reporters: ['default', name] })
    expect(await passing(text)).toContain(SUMMARY)
    const tuple = [name, { listfuncs: true }]
    const options = jestProject(major, FIXTURE, { transform: TRANSFORM, reporters: ['default', tuple] })
    expect(await passing(options)).toContain(FUNCTIONS)
  },
)

describe.each(JEST_MAJORS)('Jest %i', (major) => {
  const test = inTurn(JEST_MAJORS, major)
  test('on the command line, with options from the environment and from the configuration file', async () => {
    const project = jestProject(major, FIXTURE, { transform: TRANSFORM })
    project.write('tstrace.config.mjs', 'export default { listfuncs: true }\n')
    const args = ['--reporters=default', '--reporters=tstrace/jest']
    const printed = await passing(project, args, { TSTRACE: '--trackcalls' })
    expect(printed).toContain(FUNCTIONS)
    expect(printed).toContain('    src.recurse.recurse -> src.recurse.recurse\n')
  })

  test('withTstrace, beside the reporter', async () => {
    const project = jestProject(major, FIXTURE)
    const config = JSON.stringify({ transform: TRANSFORM, reporters: ['default', 'tstrace/jest'] })
    project.write(
      'with.config.mjs',
      `import { withTstrace } from 'tstrace/jest'\nexport default withTstrace(${config}, { listfuncs: true })\n`,
    )
    const printed = await passing(project, ['--config=with.config.mjs'], { TSTRACE: '-l' })
    expect(printed.split('lines   cov%')).toHaveLength(2)
    expect(printed).toContain(FUNCTIONS)
  })
})

describe.each(ANY_JEST_MAJOR)('Jest %i', (major) => {
  test('--json keeps standard output clean', async () => {
    const project = jestProject(major, FIXTURE, {
      transform: TRANSFORM,
      reporters: ['default', 'tstrace/jest'],
    })
    const { stdout } = await project.jest(['--json'])
    expect(JSON.parse(stdout)).toMatchObject({ success: true })
  })

  test('sources nobody loaded, verdicts, and the sum of two runs', async () => {
    const project = jestProject(major, FIXTURE, {
      transform: TRANSFORM,
      reporters: ['default', 'tstrace/jest'],
    })
    project.write('src/idle.ts', 'export const idle = (): void => {\n  idle()\n}\n')
    const env = { TSTRACE: "--all --include 'src/**' --file counts.json --debug" }
    const printed = await passing(project, [], env)
    expect(printed).toContain('    2     0%   src.idle   (src/idle.ts)')
    expect(printed).toContain('traced  src/recurse.ts: matches include\n')
    expect(printed).toContain('ignored test/recurse.test.ts: ')
    expect(printed).toContain('traced  src/idle.ts: matches include\n')
    await passing(project, [], env)
    expect(project.read('coverage/tstrace/src/recurse.cover')).toContain('    6:   if (level) {')
  })

  test('verdicts are on what was loaded, by either way of loading', async () => {
    const project = jestProject(major, FIXTURE, {
      transform: TRANSFORM,
      reporters: ['default', 'tstrace/jest'],
    })
    project.write('src/idle.ts', 'export const idle = 1\n')
    project.write(
      'test/late.test.ts',
      "import { test } from '@jest/globals'\ntest('late', () => import('../src/late'))\n",
    )
    project.write('src/late.ts', "require('dep')\nexport const late = 1\n")
    project.write('node_modules/dep/index.js', 'void 0\n')
    const printed = await passing(project, [], { TSTRACE: '--debug' })
    expect(printed.match(/^(traced|ignored) .*(?=: )/gm)).toEqual([
      'traced  src/late.ts',
      'traced  src/recurse.ts',
      'ignored test/late.test.ts',
      'ignored test/recurse.test.ts',
    ])
  })

  test('a configuration in a folder of its own', async () => {
    const project = jestProject(major, FIXTURE)
    const inner = { rootDir: '<rootDir>/..', transform: TRANSFORM }
    const config = { projects: [inner], reporters: ['default', 'tstrace/jest'] }
    project.write('scripts/jest.config.json', JSON.stringify(config))
    project.write('tstrace.config.json', '{ "listfuncs": true }')
    const printed = await passing(project, ['--config=scripts/jest.config.json'])
    expect(printed).toContain(SUMMARY)
    expect(printed).toContain(FUNCTIONS)
    expect(project.read('coverage/tstrace/src/recurse.cover')).toContain('    2:     recurse(level - 1)')
  })

  test('modules that are evaluated again add up, in an environment named by the test file', async () => {
    const project = jestProject(major, FIXTURE, {
      transform: TRANSFORM,
      reporters: ['default', 'tstrace/jest'],
    })
    project.write(
      'test/again.test.ts',
      `/** ${DOCBLOCK} jsdom */
test('again', () => {
  expect(document.title).toBe('')
  for (let n = 0; n < 2; n++) jest.isolateModules(() => require('../src/recurse').recurse(0))
  jest.resetModules()
  require('../src/recurse').recurse(1)
})
`,
    )
    await passing(project, ['again'])
    const listing = project.read('coverage/tstrace/src/recurse.cover')
    expect(listing).toContain('    3: export function recurse(')
    expect(listing).toContain('    4:   if (level) {')
  })

  test('only what has changed', async () => {
    const project = jestProject(major, FIXTURE, {
      transform: TRANSFORM,
      reporters: ['default', 'tstrace/jest'],
    })
    const git = (...args: string[]): void => {
      const identity = ['-c', 'user.name=A', '-c', 'user.email=a@b.c', '-c', 'init.defaultBranch=main']
      execFileSync('git', [...identity, ...args], { cwd: project.folder })
    }
    git('init', '-q')
    git('add', '.')
    git('commit', '-qm', 'start')
    expect(await passing(project, ['--onlyChanged', '--passWithNoTests'])).not.toContain('src.recurse')
    project.write('src/recurse.ts', `${project.read('src/recurse.ts')}// more\n`)
    expect(await passing(project, ['--onlyChanged'])).toContain(SUMMARY)
  })

  test('a dependency that include names', async () => {
    const project = jestProject(major, FIXTURE, {
      transform: TRANSFORM,
      reporters: ['default', 'tstrace/jest'],
    })
    project.write('node_modules/dependency/package.json', '{ "name": "dependency" }')
    project.write('node_modules/dependency/index.js', 'exports.half = (n) => {\n  return n / 2\n}\n')
    const path = 'test/half.test.ts'
    project.write(path, "test('half', () => {\n  expect(require('dependency').half(4)).toBe(2)\n})\n")
    const printed = await passing(project, [path], { TSTRACE: "--include 'node_modules/dependency/**'" })
    expect(printed).toContain(
      '    2   100%   node_modules.dependency.index   (node_modules/dependency/index.js)',
    )
  })
})
