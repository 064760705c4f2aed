import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'
import { root, runCommand, temporaryTree } from './workspace.ts'

/** In front of each module of ours that is in a bundle stands a comment with its path. */
const MODULE = /^\/\/ (src\/\S+)$/gm

/** The modules that are in more than one of the files of a folder that other files may load. */
function doubled(folder: string): string[] {
  const modules = globSync('*.js', { cwd: folder }).flatMap((file) => [
    ...new Set([...readFileSync(join(folder, file), 'utf8').matchAll(MODULE)].map(([, path]) => path ?? '')),
  ])
  return modules.filter((module, at) => modules.indexOf(module) < at)
}

test('no module of a package is in two of its files: what it knows it knows once', () => {
  for (const folder of globSync('packages/*/dist{,/command}', { cwd: root })) {
    const files = globSync('*.js', { cwd: join(root, folder) })
    expect(files.map((file) => readFileSync(join(root, folder, file), 'utf8')).join('\n')).toMatch(MODULE)
    expect(doubled(join(root, folder))).toEqual([])
  }
})

test('a module that two bundles have, each for itself, is found', async () => {
  const tree = temporaryTree({
    'src/state.js': 'export const state = []\nstate.push(Math.random())\n',
    'src/one.js': "import { state } from './state.js'\nconsole.log(1, state)\n",
    'src/two.js': "import { state } from './state.js'\nconsole.log(2, state)\n",
  })
  for (const name of ['one', 'two']) {
    const made = await rolldown({ input: join(tree, `src/${name}.js`), cwd: tree })
    await made.write({ file: join(tree, `dist/${name}.js`) })
  }
  expect(doubled(join(tree, 'dist'))).toEqual(['src/state.js'])
})

/** Prints how many modules are loaded for an import, those of Node aside. */
const COUNT = `
import { registerHooks } from 'node:module'
let modules = 0
registerHooks({ load: (url, context, next) => {
  if (url.startsWith('file:')) modules++
  return next(url, context)
} })
await import(process.argv[1])
console.log(modules)
`

/** Each costs a third of a millisecond; there were 270. */
const MOST = { tstrace: 60, 'tstrace/jest': 75 }

test.each(Object.entries(MOST))('to load %s is to load few files', async (name, most) => {
  const { output, status } = await runCommand(
    process.execPath,
    ['--input-type=module', '--eval', COUNT, name],
    { cwd: join(root, 'test') },
  )
  expect(status).toBe(0)
  expect(Number(output)).toBeGreaterThan(5)
  expect(Number(output)).toBeLessThanOrEqual(most)
})
