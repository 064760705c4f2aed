import { describe, expect, test } from 'vitest'
import { MAJORS, type Major, type VitestProject, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('../trouble/fixtures/', import.meta.url)

/** Each file of `src` has a compiler of its own, of whose work the run has something to say. */
const CONFIG = `import { appendFileSync, readFileSync } from 'node:fs'
import * as vite from 'vite'
const compile = vite.transformWithOxc ?? vite.transformWithEsbuild
const read = (id, without = '') => compile(readFileSync(id, 'utf8').replace(without, ''), id)
const PLUGINS = {
  asked: (code) => code.replaceAll('@@@', '2'),
  fine: () => appendFileSync('transformed.txt', 'fine\\n'),
  odd: (code) => code.replaceAll('@@@', '2'),
  flow: (code) => code.replace(/^type .*$/m, ''),
  mapped: async (_code, id) => read(id),
  mapless: async (_code, id) => ({ code: (await read(id)).code, map: null }),
  part: async (_code, id) => {
    const { code, map } = await read(id, 'return 1')
    return { code, map: { ...map, sourcesContent: undefined } }
  },
}
const loaded = {
  name: 'loaded',
  enforce: 'pre',
  load: (id) => (id.endsWith('/src/loaded.ts') ? 'export const loaded = (n) => n\\n' : undefined),
}
export default {
  plugins: [
    loaded,
    ...Object.entries(PLUGINS).map(([name, transform]) => ({
      name,
      enforce: 'pre',
      transform: (code, id) => (id.split('?')[0].endsWith('/src/' + name + '.ts') ? transform(code, id) : undefined),
    })),
  ],
}
`

const SOURCES = {
  'src/fine.ts': 'export const fine = (n: number): number => n\n',
  'src/loaded.ts': 'export const loaded = (n: number): number => 2 * n\n',
  'src/odd.ts': 'export function odd(n: number): number {\n  return @@@ * n\n}\n',
  'src/asked.ts': 'export const asked = (n: number): number => @@@ * n\n',
  'src/flow.ts':
    '// @flow\ntype Exact = {| n: number |}\nexport function flow(n: number): number {\n  return n\n}\n',
  'src/mapped.ts': 'export function mapped(n: number): number {\n  return n\n}\n',
  'src/mapless.ts': 'export function mapless(n: number): number {\n  return n\n}\n',
  'src/part.ts':
    'export function part(n: number): number {\n  if (n > 1) {\n    return 1\n  }\n  return n\n}\n',
  '../lib/package.json': '{"type":"module"}',
  '../lib/outside.ts': 'export const outside = (n: number): number => n\n',
}

const NAMES = ['fine', 'loaded', 'odd', 'flow', 'mapped', 'mapless', 'part']

const TEST = `import { expect, test } from 'vitest'
import { outside } from '../../lib/outside.ts'
import { asked } from '../src/asked.ts?query'
${NAMES.map((name) => `import { ${name} } from '../src/${name}.ts'\n`).join('')}
test('all run', () => {
  expect([outside, asked, ${NAMES.join(', ')}].map((each) => each(1))).toEqual([1, 2, 1, 1, 2, 1, 1, 1, 1])
})
`

/** What is said of each, in the order in which it is said. */
const SENTENCES = [
  /^tstrace: src\/asked\.ts .*is not counted: .*\[TST_PARSE\]$/,
  /^tstrace: src\/flow\.ts .*is not counted: .*\[TST_PARSE\]$/,
  /^tstrace: src\/mapless\.ts ran untouched and is not counted: .* its source map leads to another text\. /,
  /^tstrace: src\/odd\.ts .*is not counted: .*\[TST_PARSE\]$/,
  /^tstrace: src\/part\.ts is counted behind its compiler, and 1 of its 4 executable lines was not found there: 3\. /,
  /^tstrace: What was loaded from \.\.\/lib\/\*\* is not counted: /,
  /^tstrace: No listing for src\/loaded\.ts: the text that ran is not the one on disk\.$/,
]
const UNSHOWN = /^tstrace: No lines are shown of src\/(mapped|part)\.ts: it is counted behind its compiler\.$/

function project(major: Major): VitestProject {
  const made = vitestProject(major, FIXTURE)
  for (const [path, text] of Object.entries(SOURCES)) made.write(path, text)
  made.write('test/fine.test.ts', TEST)
  made.write('vitest.config.mjs', CONFIG)
  return made
}

const CACHING = MAJORS.filter((major) => major >= 4)

describe.each(CACHING)('Vitest %i with its cache of modules on disk', (major) => {
  const args = ['--reporter=tstrace', ...(major === 4 ? ['--experimental.fsModuleCache'] : [])]
  const saidOf = async (made: VitestProject, options: string) => {
    const { status, stderr, stdout } = await made.vitest(args, { env: { TSTRACE: options } })
    const texts = made.read('coverage/tstrace/recording.counts').match(/^text\t"[^"]*"/gm)
    const said = stderr.split('\n').filter((line) => line.startsWith('tstrace: '))
    return { status, said, texts, verdicts: stdout.match(/^(traced|ignored) .*/gm) }
  }

  test('a warm run says of sources what the first one said, however their texts changed between', async () => {
    const made = project(major)
    const first = await saidOf(made, '--strict')
    expect(first.status).toBe(1)
    expect(first.texts).toContain('text\t"src/loaded.ts"')
    expect(first.said).toEqual(SENTENCES.map((sentence) => expect.stringMatching(sentence)))
    expect(await saidOf(made, '--strict')).toEqual(first)

    made.write('src/odd.ts', SOURCES['src/odd.ts'].replace('@@@', '2'))
    const mended = await saidOf(made, '--strict')
    expect(mended.said).toEqual(first.said.filter((sentence) => !sentence.includes('src/odd.ts')))
    made.write('src/odd.ts', SOURCES['src/odd.ts'])
    expect(await saidOf(made, '--strict')).toEqual(first)
    // Of which there is nothing to say, that is in the cache.
    expect(made.read('transformed.txt')).toBe('fine\n')
  })

  test('also of which no lines are shown, and why each is traced', async () => {
    const made = project(major)
    const first = await saidOf(made, '--trace --strict --debug')
    expect(first.said.filter((sentence) => UNSHOWN.test(sentence))).toHaveLength(2)
    expect(first.verdicts).toHaveLength(10)
    expect(await saidOf(made, '--trace --strict --debug')).toEqual(first)
  })
})
