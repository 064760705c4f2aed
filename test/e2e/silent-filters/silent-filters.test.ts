import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SOME_NODES } from '../cli-command/nodes.ts'
import { folderWith, tstrace } from '../cli-command/tstrace-command.ts'
import { JEST_MAJORS, jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { inTurn } from '../matrix.ts'
import { ANY_MAJOR, MAJORS, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('../trouble/fixtures/', import.meta.url)

const FILTERS =
  '--include=src/** --include=scr/** --exclude=**/*.gen.ts --exclude=src/old/** --ignore-dir=lib --ignore-dir=src/old --ignore-module=scr.a --ignore-module=src.part'

/** What is said of filters that have to do with nothing. */
const SENTENCES = [
  /^tstrace: The pattern "scr\/\*\*" of `include` matches no source\. Patterns begin at <\w+>: "src\/\*\*", for instance\.$/m,
  /^tstrace: The pattern "\*\*\/\*\.gen\.ts" of `exclude` matches no source\. .*$/m,
  /^tstrace: The folder "lib" of `ignoreDir` is not there\. Name it by its path from <\w+>, or .*$/m,
  /^tstrace: The name "scr\.a" of `ignoreModule` is that of no source\. Names are paths from <\w+> with dots .*$/m,
]

const UNLOADED =
  /^tstrace: 2 of 3 sources that `include` names have no counts: no test loaded them, or nothing in them runs\. .*$/m

const FILES = {
  'src/more/never.ts': 'export const never = 1\n',
  'src/types.ts': 'export interface Types {}\n',
  'src/old/old.ts': 'export const old = 1\n',
  'src/part.ts': 'export const part = 1\n',
  '../lib/package.json': '{"type":"module"}',
  '../lib/src/deep/lib.ts': 'export const lib = 1\n',
}

const OUTSIDE =
  "tstrace: What was loaded from ../lib/** is not counted: it is outside the project root. Name it beside what is inside, with `include` or `--include`: '**' and '../lib/**'.\n"

const TEST =
  "import { test } from 'vitest'\nimport '../src/fine'\nimport '../../lib/src/deep/lib'\ntest('x', () => {})\n"

function written(folder: string): void {
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

function expectSentences(stderr: string): void {
  for (const sentence of SENTENCES) expect(stderr).toMatch(sentence)
  expect(stderr.match(/matches no source|is not there|is that of no source/g)).toHaveLength(SENTENCES.length)
}

describe.each(MAJORS)('Vitest %i', (major) => {
  const test = inTurn(MAJORS, major)
  test('filters that have to do with nothing, and sources that nobody loaded, are told', async () => {
    const project = vitestProject(major, FIXTURE)
    written(project.folder)
    const { status, stderr } = await project.vitest(['--reporter=tstrace'], { env: { TSTRACE: FILTERS } })
    expect(status).toBe(0)
    expectSentences(stderr)
    expect(stderr).toMatch(UNLOADED)
  })

  test('what tstrace.config.* leaves out need not be there', async () => {
    const project = vitestProject(major, FIXTURE)
    const config = {
      include: ['src/**', 'scr/**'],
      exclude: ['**/*.gen.ts'],
      ignoreDir: ['gone'],
      ignoreModule: ['a'],
    }
    project.write('tstrace.config.json', JSON.stringify(config))
    const { stderr } = await project.vitest(['--reporter=tstrace'])
    expect(stderr.match(/matches no source|is not there|is that of no source/g)).toEqual([
      'matches no source',
    ])
    expect(stderr).toMatch(SENTENCES[0] as RegExp)
  })

  test('a package outside the root is told, with what to write', async () => {
    const project = vitestProject(major, FIXTURE)
    written(project.folder)
    project.write('test/fine.test.ts', TEST)
    expect((await project.vitest(['--reporter=tstrace'])).stderr).toBe(OUTSIDE)
    const env = { TSTRACE: "--include='**' --include='../lib/**'" }
    const named = await project.vitest(['--reporter=tstrace'], { env })
    expect(named.stdout).toContain('lib.src.deep.lib   (../lib/src/deep/lib.ts)')
    expect(named.stderr).not.toContain('outside')
  })
})

describe.each(JEST_MAJORS)('Jest %i', (major) => {
  const test = inTurn(JEST_MAJORS, major)
  const project = () => {
    const made = jestProject(major, FIXTURE, {
      transform: TRANSFORMS.esbuild,
      moduleNameMapper: { '^(\\.+/.+)\\.js$': '$1' },
      reporters: ['default', 'tstrace/jest'],
    })
    written(made.folder)
    return made
  }

  test('filters that have to do with nothing, and sources that nobody loaded, are told', async () => {
    const { status, stderr } = await project().jest([], { env: { TSTRACE: FILTERS } })
    expect(status, stderr).toBe(0)
    expectSentences(stderr)
    expect(stderr).toMatch(UNLOADED)
  })

  test('a package outside the root is told, from the cache as well', async () => {
    const made = project()
    made.write('test/fine.test.ts', TEST.replace(/^.*\n/, ''))
    for (const _ of [1, 2]) {
      const { status, stderr } = await made.jest([])
      expect(status, stderr).toBe(0)
      expect(stderr.split(OUTSIDE), stderr).toHaveLength(2)
    }
  })
})

describe.each(SOME_NODES)('the command in Node.js $major', (one) => {
  const { node } = one
  const test = inTurn(SOME_NODES, one)
  test('filters that have to do with nothing are told', async () => {
    const folder = folderWith({
      'main.mjs': '1\n',
      'src/old/a.mjs': '1\n',
      'src/part.mjs': '1\n',
      'src/b.mjs': '',
    })
    const { status, stderr } = await tstrace(folder, ['-c', '-C', 'out', ...FILTERS.split(' '), 'main.mjs'], {
      node,
    })
    expect(status).toBe(0)
    expectSentences(stderr)
  })

  test('a package outside the folder and the package of the program is told', async () => {
    const folder = folderWith({
      'app/package.json': '{}',
      'app/main.mjs': "import '../lib/a.mjs'\nimport '../lib/b/c.cjs'\n",
      'lib/package.json': '{}',
      'lib/a.mjs': '1\n',
      'lib/b/c.cjs': '1\n',
    })
    const { stderr } = await tstrace(join(folder, 'app'), ['-c', '-C', 'out', 'main.mjs'], { node })
    expect(stderr).toBe(OUTSIDE)
    const words = ['-c', '-C', 'out', '--include=**', '--include=../lib/**', 'main.mjs']
    const named = await tstrace(join(folder, 'app'), words, { node })
    expect(named.stderr).toBe('')
  })

  test('a source that the program deletes has its row, and no listing', async () => {
    const folder = folderWith({
      'main.cjs':
        "const { rmSync, writeFileSync } = require('node:fs')\nwriteFileSync('made.cjs', '1')\nrequire('./made.cjs')\nrmSync('made.cjs')\n",
    })
    const { status, stderr, stdout } = await tstrace(folder, ['-c', '-s', '-C', 'out', 'main.cjs'], { node })
    expect(status).toBe(0)
    expect(stderr).toBe('tstrace: No listing for made.cjs: it is not there any more.\n')
    expect(stdout).toContain('    1   100%   made   (made.cjs)\n')
    expect(existsSync(join(folder, 'out/main.cover'))).toBe(true)
  })
})

test.each(ANY_MAJOR)('Vitest %i: a source that a test deletes has its row, and no listing', async (major) => {
  const project = vitestProject(major, FIXTURE)
  project.write(
    'test/fine.test.ts',
    "import { rmSync } from 'node:fs'\nimport { test } from 'vitest'\nimport '../src/fine'\ntest('x', () => rmSync('src/fine.ts'))\n",
  )
  const { stderr, stdout } = await project.vitest(['--reporter=tstrace'])
  expect(stderr).toBe('tstrace: No listing for src/fine.ts: it is not there any more.\n')
  expect(stdout).toContain('src.fine')
})
