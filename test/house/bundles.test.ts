import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { expect, test } from 'vitest'
import { root, runCommand, temporaryTree } from './workspace.ts'

/** In front of each module of ours that is in a bundle stands a comment with its path. */
const MODULE = /^\/\/ ((?:\.\.\/\w+\/)?src\/\S+)$/gm

/** What a file loads of its folder when it is evaluated itself. */
const AT_ONCE = /^(?:(?:import|export)\b[^"\n]*|(?:const \w+ = )?require\()"\.\/([^"]+)"\)?;?$/gm

/** The files of a folder that load each other: what `compiled-code` loads has a name that another of them gives. */
function filesOf(folder: string): string[] {
  const names = globSync('*.{js,cjs}', { cwd: folder })
  const texts = names.map((name) => readFileSync(join(folder, name), 'utf8'))
  const isNamed = (name: string): boolean =>
    texts.some((text) => text.includes(`require("./${name}")`) || text.includes(`new URL('./${name}'`))
  return names.filter((name) => name.endsWith('.js') || isNamed(name))
}

/** The modules that are in more than one of the files of a folder that other files may load. */
function doubled(folder: string): string[] {
  const modules = filesOf(folder).flatMap((file) => [
    ...new Set([...readFileSync(join(folder, file), 'utf8').matchAll(MODULE)].map(([, path]) => path ?? '')),
  ])
  return modules.filter((module, at) => modules.indexOf(module) < at)
}

test('no module of a package is in two of its files: what it knows it knows once', () => {
  for (const folder of globSync('packages/*/dist{,/command{,/program,/questions}}', { cwd: root })) {
    const files = filesOf(join(root, folder))
    expect(files.map((file) => readFileSync(join(root, folder, file), 'utf8')).join('\n')).toMatch(MODULE)
    expect(doubled(join(root, folder))).toEqual([])
  }
})

/** Files of a folder that load each other in a circle, by what they import at once: whoever is first has nothing of the others yet. */
function circleIn(folder: string): string[] | undefined {
  const files = filesOf(folder)
  const imports = new Map(
    files.map((file) => {
      const text = readFileSync(join(folder, file), 'utf8')
      return [file, [...text.matchAll(AT_ONCE)].map(([, name = '']) => name)]
    }),
  )
  const done = new Set<string>()
  const search = (file: string, way: readonly string[]): string[] | undefined => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file]
    if (done.has(file)) return undefined
    for (const next of imports.get(file) ?? []) {
      const circle = search(next, [...way, file])
      if (circle) return circle
    }
    done.add(file)
    return undefined
  }
  return files.map((file) => search(file, [])).find((circle) => circle !== undefined)
}

test('no files of a bundle load each other in a circle', () => {
  for (const folder of globSync('packages/*/dist{,/command{,/program,/questions}}', { cwd: root }))
    expect(circleIn(join(root, folder)), folder).toBeUndefined()
  const tree = temporaryTree({
    'a.js': 'import { b } from "./b.js";\nexport const a = 1;\n',
    'b.js': 'import { c } from "./c.js";\nexport const b = 1;\n',
    'c.js': 'import "./b.js";\nexport const c = () => import("./a.js");\n',
  })
  expect(circleIn(tree)).toEqual(['b.js', 'c.js', 'b.js'])
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

/** The files of a folder that import themselves, whatever is in between. */
function circular(folder: string): string[] {
  const imports = new Map(
    filesOf(folder).map((file) => {
      const text = readFileSync(join(folder, file), 'utf8')
      return [file, [...text.matchAll(AT_ONCE)].map(([, path = '']) => path)]
    }),
  )
  return [...imports.keys()].filter((file) => {
    const reached = new Set(imports.get(file))
    for (const one of reached) for (const next of imports.get(one) ?? []) reached.add(next)
    return reached.has(file)
  })
}

test('no files of a package import each other: what is evaluated first would find nothing', () => {
  for (const folder of globSync('packages/*/dist{,/command{,/program,/questions}}', { cwd: root }))
    expect(circular(join(root, folder))).toEqual([])
  const tree = temporaryTree({
    'one.js': 'import { two } from "./two.js";\n',
    'two.js': 'export { one } from "./three.js";\n',
    'three.js': 'import "./one.js";\n',
    'four.js': 'import "./one.js";\n',
  })
  expect(circular(tree).sort()).toEqual(['one.js', 'three.js', 'two.js'])
})

/** Prints how many files are compiled for an import, those of Node aside. */
const COUNT = `
import { Session } from 'node:inspector'
const session = new Session()
session.connect()
let files = 0
session.on('Debugger.scriptParsed', ({ params: { url } }) => {
  if (/^(?:file:|\\/|\\w:)/.test(url)) files++
})
session.post('Debugger.enable')
await import(process.argv[1])
console.log(files)
`

/** Each costs a third of a millisecond; there were 270, most of which also looked for packages. */
const MOST = { tstrace: 21, 'tstrace/jest': 30 }

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

test('what is loaded in front of a program has Node load no more than it needs', async () => {
  const tree = temporaryTree({
    'program.cjs':
      "process._rawDebug(process.moduleLoadList.filter((name) => name.startsWith('NativeModule')).join())\n",
  })
  const command = join(root, 'packages/tstrace/bin/tstrace.js')
  const words = ['-c', '-C', 'out', 'program.cjs']
  const alone = await runCommand(process.execPath, ['program.cjs'], { cwd: tree })
  const traced = await runCommand(process.execPath, [command, ...words], { cwd: tree })
  const known = new Set(alone.output.trim().split(','))
  const more = traced.output
    .trim()
    .split(',')
    .filter((name) => !known.has(name))
  // Processes and threads that it starts have to be known.
  expect(more).toContain('NativeModule child_process')
  // Clocks, streams of files, connections.
  expect(more).not.toContain('NativeModule perf_hooks')
  expect(more).not.toContain('NativeModule internal/fs/streams')
  expect(more.length).toBeLessThan(80)
})
