import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BROKEN_ARROWS } from './broken-arrows.ts'
import { cleanTree, fromRoot, importing } from './clean-tree.ts'
import { type Outcome, root, runCommand, temporaryTree } from './workspace.ts'

const constants = (count: number): string =>
  Array.from({ length: count }, (_, n) => (n % 2 === 0 ? `export const a${n} = ${n}\n` : '// why\n')).join('')
const lines = (count: number): string => '  total += 1\n'.repeat(count)

async function lint(changes: Record<string, string>): Promise<Outcome> {
  const tree = temporaryTree({ ...cleanTree, ...changes })
  return await runCommand(
    join(root, 'node_modules/.bin/biome'),
    ['ci', '--colors=off', '--error-on-warnings', '--max-diagnostics=none', '.'],
    { cwd: tree },
  )
}

test('a tree that keeps the rules passes', async () => {
  const { status, output } = await lint({})
  expect(output).toContain(`Checked ${Object.keys(cleanTree).length} files`)
  expect(status).toBe(0)
})

describe('arrows that are broken, each in a file of its own', () => {
  const broken = BROKEN_ARROWS.map(([what, file, imported, message], n) => ({
    what,
    path: `packages/${file.replace(/a\.ts$/, `broken-${n}.ts`)}`,
    imported,
    message,
  }))
  let said: Promise<ReadonlyMap<string, string>> | undefined

  /** What is said of each file. */
  async function lintAll(): Promise<ReadonlyMap<string, string>> {
    const files = Object.fromEntries(broken.map(({ imported, path }) => [path, importing(imported)]))
    const { status, output } = await lint(files)
    expect(status).not.toBe(0)
    const parts = output.split(/^(?=\S+:\d+:\d+ lint\/style\/noRestrictedImports )/m).slice(1)
    return new Map(parts.map((part) => [part.slice(0, part.indexOf(':')), part]))
  }

  test.each(broken)('$what fails and says what to do instead', async ({ message, path }) => {
    said ??= lintAll()
    expect((await said).get(path)).toContain(message)
  })
})

const forms: [what: string, source: string, rule: string][] = [
  [
    'import type',
    "import type { x } from '../report/summary.ts'\n\nexport type Y = typeof x\n",
    'noRestrictedImports',
  ],
  ['export from', "export { y } from '../report/summary.ts'\n", 'noRestrictedImports'],
  ['export * from', "export * from '../report/summary.ts'\n", 'noRestrictedImports'],
  ['import()', "export const y: unknown = import('../report/summary.ts')\n", 'noRestrictedImports'],
  [
    'a type that is an import()',
    "export type Y = import('../report/summary.ts').y\n",
    'import arrows are checked',
  ],
]

test.each(forms)('an arrow holds for %s', async (_what, source, rule) => {
  const { status, output } = await lint({ 'packages/core/src/collect/a.ts': source })
  expect(output).toContain(rule)
  expect(status).not.toBe(0)
})

const guards: [what: string, files: Record<string, string>, rule: string][] = [
  [
    'an import cycle',
    {
      'packages/core/src/collect/a.ts': "import { b } from './b.ts'\n\nexport const a: number = b\n",
      'packages/core/src/collect/b.ts': "import { a } from './a.ts'\n\nexport const b: number = a\n",
    },
    'noImportCycles',
  ],
  [
    'an import cycle of types',
    {
      'packages/core/src/collect/a.ts': "import type { B } from './b.ts'\n\nexport type A = B | 1\n",
      'packages/core/src/collect/b.ts': "import type { A } from './a.ts'\n\nexport type B = A[]\n",
    },
    'noImportCycles',
  ],
  ['a file of 301 lines', { 'packages/core/src/report/a.ts': constants(301) }, 'noExcessiveLinesPerFile'],
  [
    'a function of 51 lines',
    {
      'packages/core/src/report/a.ts': `export function a(total: number): number {\n${lines(50)}  return total\n}\n`,
    },
    'noExcessiveLinesPerFunction',
  ],
  [
    'a fourth positional parameter',
    {
      'packages/core/src/report/a.ts': 'export const a = (b: 1, c: 1, d: 1, e: 1): number => b + c + d + e\n',
    },
    'useMaxParams',
  ],
  [
    'a barrel in a folder',
    { 'packages/core/src/report/all.ts': "export { y } from './summary.ts'\n" },
    'noBarrelFile',
  ],
  [
    'a package that is not declared',
    { 'packages/core/src/report/a.ts': importing('acorn') },
    'noUndeclaredDependencies',
  ],
  [
    'a file name that is not kebab-case',
    { 'packages/core/src/report/aB.ts': 'export const a = 1\n' },
    'useFilenamingConvention',
  ],
  ['any', { 'packages/core/src/report/a.ts': 'export const a: any = 1\n' }, 'noExplicitAny'],
  ['formatting', { 'packages/core/src/report/a.ts': 'export const a = "1";\n' }, 'Found 1 error'],
]

test.each(guards)('%s fails', async (_what, files, rule) => {
  const { status, output } = await lint(files)
  expect(output).toContain(rule)
  expect(status).not.toBe(0)
})

test('a file of 300 lines and a function of 50 pass', async () => {
  const { status, output } = await lint({
    'packages/core/src/report/a.ts': constants(300),
    'packages/core/src/report/b.ts': `export function b(total: number): number {\n${lines(49)}  return total\n}\n`,
  })
  expect({ status, output }).toMatchObject({ status: 0 })
})

/** Guarded folder by folder. */
const WITH_ROOMS = ['results', 'instrument', 'core', 'page']

test('every room of these packages, their entries, and every adapter have their arrows', () => {
  const config: { overrides: { includes: string[] }[] } = JSON.parse(fromRoot('biome.json'))
  const guarded = config.overrides.flatMap((override) => override.includes)
  const folders = (path: string): string[] =>
    readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? entry.name : [],
    )
  for (const name of WITH_ROOMS) {
    expect(guarded).toContain(`packages/${name}/src/*.ts`)
    for (const room of folders(`packages/${name}/src`))
      expect(guarded).toContain(`packages/${name}/src/${room}/**`)
  }
  for (const name of folders('packages')) {
    // The front joins everything and is nobody's dependency.
    if (!WITH_ROOMS.includes(name) && name !== 'tstrace') expect(guarded).toContain(`packages/${name}/src/**`)
  }
})
