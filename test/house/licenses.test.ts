import { existsSync, globSync, readFileSync, unlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'
import { bundleLicenses, licensesFile } from '../../release/bundle-licenses.ts'
import { root, runCommand, temporaryTree } from './workspace.ts'

/** Where a bundler has put a module of somebody's package: it says so in a comment in front of it. */
const BUNDLED = /^\/\/ \S*node_modules\/((?:@[^/\s]+\/)?[^/\s]+)\//gm

/** What is bundled in the files of a folder without the text of its licence beside it. */
function withoutLicense(folder: string, modules: string): string[] {
  const places = [join(folder, '../node_modules'), modules, join(root, 'packages/instrument/node_modules')]
  return globSync('**/*.{js,cjs,mjs,mts}', { cwd: folder }).flatMap((file) => {
    const bundled = [...readFileSync(join(folder, file), 'utf8').matchAll(BUNDLED)].map(([, name]) => name)
    const path = join(folder, licensesFile(file))
    const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
    return [...new Set(bundled as string[])]
      .filter((name) => !text.includes(`\n${name} `) || !text.includes(licenseOf(name, places)))
      .map((name) => `${file}: ${name}`)
  })
}

/** @param places where it may be installed, the nearest first: there may be several versions */
function licenseOf(name: string, places: readonly string[]): string {
  const [path = ''] = places.flatMap((place) => globSync(join(place, name, '{LICENSE,LICENCE,license}*')))
  return readFileSync(path, 'utf8').trim()
}

test('what is bundled into the packages travels with its licence', async () => {
  expect(readFileSync(join(root, 'packages/node/dist/guest.cjs'), 'utf8')).toMatch(BUNDLED)
  const bundling = globSync('packages/*/rolldown.config.ts', { cwd: root }).map((path) => dirname(path))
  expect(bundling.sort()).toEqual(globSync('packages/*', { cwd: root }).sort())
  for (const folder of bundling)
    expect(withoutLicense(join(root, folder, 'dist'), join(root, 'node_modules'))).toEqual([])
  const { output } = await runCommand('npm', ['pack', '--dry-run', '--json'], {
    cwd: join(root, 'packages/node'),
  })
  expect(output).toContain(`"dist/${licensesFile('guest.cjs')}"`)
})

const brick = { name: 'brick', version: '1.0.0', license: 'MIT', main: 'index.js' }
const wall = {
  'wall.js': "import { brick } from 'brick'\nconsole.log(brick())\n",
  'node_modules/brick/package.json': JSON.stringify(brick),
  'node_modules/brick/index.js': 'export const brick = () => Math.random()\n',
}

async function bundle(tree: string): Promise<void> {
  const made = await rolldown({ input: join(tree, 'wall.js'), cwd: tree, plugins: [bundleLicenses()] })
  await made.write({ file: join(tree, 'dist/wall.js'), comments: true })
}

test('a package that is bundled has its licence beside the bundle, and is missed there', async () => {
  const tree = temporaryTree({ ...wall, 'node_modules/brick/LICENSE': 'Copyright (c) The Masons\n' })
  const missing = (): string[] => withoutLicense(join(tree, 'dist'), join(tree, 'node_modules'))
  await bundle(tree)
  const path = join(tree, 'dist', licensesFile('wall.js'))
  expect(readFileSync(path, 'utf8')).toContain('\nbrick 1.0.0 (MIT)\n\nCopyright (c) The Masons\n')
  expect(missing()).toEqual([])
  unlinkSync(path)
  expect(missing()).toEqual(['wall.js: brick'])
})

test('a package without a text of its licence is not bundled', async () => {
  await expect(bundle(temporaryTree(wall))).rejects.toThrow(
    /brick is bundled, and \S+ has no text of its licence/,
  )
})

test('a bundle of our own code alone has nothing beside it', async () => {
  const tree = temporaryTree({ 'wall.js': 'console.log(1)\n' })
  await bundle(tree)
  expect(existsSync(join(tree, 'dist', licensesFile('wall.js')))).toBe(false)
})
