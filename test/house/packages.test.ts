import { globSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Outcome, root, runCommand, temporaryTree } from './workspace.ts'

interface Manifest {
  name: string
  scripts: Record<string, string>
  [field: string]: unknown
}

const manifestAt = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
const published = readdirSync(join(root, 'packages')).map((name) => manifestAt(`packages/${name}`))
const withTools = { PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter) }

async function runScript(script: string, files: Record<string, string>): Promise<Outcome> {
  return await runCommand('bash', ['-c', script], { cwd: temporaryTree(files), env: withTools })
}

describe('the check of packed packages', () => {
  const script = manifestAt('packages/core').scripts.lint ?? ''
  const manifest = {
    name: 'sound',
    version: '1.0.0',
    license: 'MIT',
    type: 'module',
    engines: { node: '>=20' },
    files: ['dist'],
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
  }
  const sound: Record<string, string> = {
    'package.json': JSON.stringify(manifest),
    'dist/index.js': 'export const one = 1\n',
    'dist/index.d.ts': 'export declare const one: number\n',
  }

  test('is the same for all of them', () => {
    for (const { scripts } of published) expect(scripts.lint).toBe(script)
  })

  test('passes a sound package', async () => {
    expect(await runScript(script, sound)).toMatchObject({ status: 0 })
  })

  test('fails for an entry point that is not packed', async () => {
    const exports = { ...manifest.exports, './worker': './dist/worker.js' }
    const { output, status } = await runScript(script, {
      ...sound,
      'package.json': JSON.stringify({ ...manifest, exports }),
    })
    expect(output).toContain('./dist/worker.js but the file does not exist')
    expect(status).not.toBe(0)
  })

  test('fails for types that do not resolve', async () => {
    const { output, status } = await runScript(script, {
      ...sound,
      'dist/index.d.ts': "export * from './other'\n",
    })
    expect(output).toContain('Internal resolution error')
    expect(status).not.toBe(0)
  })
})

describe('the check of unused code', () => {
  const script = manifestAt('.').scripts['lint:unused'] ?? ''
  const sound: Record<string, string> = {
    'package.json': JSON.stringify({
      name: 'sound',
      type: 'module',
      main: 'index.ts',
      dependencies: { used: '1' },
    }),
    'index.ts': "import 'used'\nimport { one } from './one.ts'\n\none()\n",
    'one.ts': 'export const one = (): void => {}\n',
  }

  test('passes where all is used', async () => {
    expect(await runScript(script, sound)).toMatchObject({ status: 0 })
  })

  test.each([
    ['an export', { 'one.ts': `${sound['one.ts']}export const two = 2\n` }, 'Unused exports'],
    ['a file', { 'three.ts': 'export const three = 3\n' }, 'Unused files'],
    ['a dependency', { 'index.ts': "import { one } from './one.ts'\n\none()\n" }, 'Unused dependencies'],
    [
      'a dependency that is not declared',
      { 'one.ts': "import 'left-pad'\n\nexport const one = 1\n" },
      'Unlisted dependencies',
    ],
  ])('fails for %s', async (_what, files, message) => {
    const { output, status } = await runScript(script, { ...sound, ...files } as Record<string, string>)
    expect(output).toContain(message)
    expect(status).not.toBe(0)
  })
})

test('published packages say what they are alike', () => {
  const { license } = manifestAt('.')
  for (const manifest of published) {
    expect(manifest).toMatchObject({
      license,
      type: 'module',
      // A command must be there before the first build, or npm does not link it.
      files: manifest.bin ? ['bin', 'dist'] : ['dist'],
      version: published[0]?.version,
      engines: { node: '^20.19.0 || ^22.12.0 || >=24.0.0' },
    })
    expect(Object.keys(manifest.exports as object).filter((entry) => entry.includes('*'))).toEqual([])
  }
})

/** What the bench installs by itself. */
const FROM_NPM = 'test/bench/from-npm'

test.each(['.', FROM_NPM])('the lock file in %s names no registry', (folder) => {
  const lock = readFileSync(join(root, folder, 'package-lock.json'), 'utf8')
  expect(lock.match(/"resolved": "https?:[^"]*"/g) ?? []).toEqual([])
})

test('every dependency has its reason in the notes, and every reason its dependency', () => {
  const manifests = (manifestAt('.').workspaces as string[]).map((pattern) => `${pattern}/package.json`)
  const folders = ['.', FROM_NPM, ...globSync(manifests, { cwd: root }).map((path) => dirname(path))]
  const declaring = folders.map(manifestAt)
  const own = new Set(declaring.map(({ name }) => name))
  const declared = declaring
    .flatMap((manifest) =>
      ['dependencies', 'devDependencies', 'peerDependencies'].map((kind) => manifest[kind] ?? {}),
    )
    .flatMap((dependencies) => Object.keys(dependencies as object))
    .filter((name) => !own.has(name))
  const rows = readFileSync(join(root, 'notes/dependencies.md'), 'utf8').matchAll(/^\| (`[^|]*) \|/gm)
  const reasons = [...rows].flatMap(([, names = '']) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  )
  const inOrder = (names: Iterable<string | undefined>): unknown[] => [...new Set(names)].sort()
  expect(inOrder(reasons.filter((name) => !name?.endsWith('/')))).toEqual(inOrder(declared))
})

test('scripts run on the Node that the root declares, whatever else is installed', async () => {
  const { node } = manifestAt('.').devDependencies as Record<string, string>
  expect(process.version).toBe(`v${node}`)
  const { output } = await runCommand('npm', ['exec', '--', 'node', '--version'], { cwd: root })
  expect(output.split('\n')).toContain(`v${node}`)
})
