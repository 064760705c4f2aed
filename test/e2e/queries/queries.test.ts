import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { NODES } from '../cli-command/nodes.ts'
import { folderWith, tstrace } from '../cli-command/tstrace-command.ts'
import { JEST_MAJORS, jestProject } from '../jest-project.ts'
import { MAJORS, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('../trouble/fixtures/', import.meta.url)

const SOURCE = `export function add(n: number): number {
  return n + 1
}
globalThis.loads = (globalThis.loads ?? 0) + add(0)
`

/** What a plugin makes of a file for a query of its own. */
const CONFIG = `export default {
  plugins: [
    {
      name: 'asks',
      enforce: 'pre',
      load: (id) => (id.endsWith('?size') ? 'export const size = 7\\nexport const twice = 14' : undefined),
    },
  ],
}
`

describe.each(MAJORS)('Vitest %i', (major) => {
  test('a module with a query is the module, unless the query has a meaning', async () => {
    const project = vitestProject(major, FIXTURE)
    project.write('src/m.ts', SOURCE)
    project.write('src/raw.ts', SOURCE)
    project.write('src/asked.ts', SOURCE)
    project.write('vitest.config.mjs', CONFIG)
    project.write(
      'test/fine.test.ts',
      `import { expect, test } from 'vitest'
import { add } from '../src/m.ts'
import { size } from '../src/asked.ts?size'
import text from '../src/raw.ts?raw'
import url from '../src/raw.ts?url'
test('x', async () => {
  for (const query of ['?fresh', '?a=1&b', '?again?', '?inline', '#hash', '?with#hash']) {
    ;(await import(/* @vite-ignore */ '../src/m.ts' + query)).add(2)
  }
  const { add: other } = await import('../src/m?extensionless')
  expect([add(1), other(1), size, typeof url]).toEqual([2, 2, 7, 'string'])
  expect(text).toContain('export function add')
  expect(globalThis.loads).toBe(8)
})
`,
    )
    const plain = await project.vitest([])
    const { status, stderr, stdout } = await project.vitest(['--reporter=tstrace'])
    expect({ plain: plain.status, status, stderr }).toEqual({ plain: 0, status: 0, stderr: '' })
    expect(project.read('coverage/tstrace/src/m.cover')).toBe(
      `    8: export function add(n: number): number {
   16:   return n + 1
       }
    8: globalThis.loads = (globalThis.loads ?? 0) + add(0)
`,
    )
    expect(stdout).not.toMatch(/src\.(raw|asked)/)
  })
})

const EVALUATED = 'globalThis.loads = (globalThis.loads ?? 0) + 1\n'

test.each(JEST_MAJORS)('Jest %i: a module with a query is the module', async (major) => {
  const project = jestProject(major, FIXTURE, {
    transform: {},
    testMatch: ['**/*.test.mjs'],
    reporters: ['default', 'tstrace/jest'],
  })
  project.write('src/m.mjs', EVALUATED)
  project.write(
    'test/query.test.mjs',
    `test('x', async () => {
  for (const query of ['', '?fresh', '?a=1&b']) await import('../src/m.mjs' + query)
  expect(globalThis.loads).toBe(3)
})
`,
  )
  const { status, stderr } = await project.jest([], { env: { NODE_OPTIONS: '--experimental-vm-modules' } })
  expect(status, stderr).toBe(0)
  expect(project.read('coverage/tstrace/src/m.cover')).toBe(`    3: ${EVALUATED}`)
})

test.each(NODES)('the command in Node.js $major: a module with a query is the module', async ({ node }) => {
  const folder = folderWith({
    'm.mjs': EVALUATED,
    't.mts': `enum E { A }\n${EVALUATED}`,
    'main.mjs': `for (const name of ['./m.mjs', './t.mts'])
  for (const query of ['', '?fresh', '#hash', '?a=1#b']) await import(name + query)
console.log(globalThis.loads)
`,
  })
  const { stdout } = await tstrace(folder, ['-c', '-C', 'out', 'main.mjs'], { node })
  expect(stdout).toBe('8\n')
  expect(readFileSync(join(folder, 'out/m.cover'), 'utf8')).toBe(`    4: ${EVALUATED}`)
  expect(readFileSync(join(folder, 'out/t.cover'), 'utf8')).toBe(`    4: enum E { A }\n    4: ${EVALUATED}`)
})
