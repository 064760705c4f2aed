import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { crc32 } from 'node:zlib'
import { CoverageResults } from 'tstrace'
import { expect, onTestFinished, test } from 'vitest'
import { runCommand } from '../command.ts'
import { COMPILE_CACHE, REPOSITORY } from '../install.ts'
import { ANY_JEST_MAJOR } from '../jest-project.ts'
import { ANY_MAJOR, majorsOf } from '../vitest-project.ts'
import { installAsPnpm, link } from './pnpm-layout.ts'
import { WORKSPACES } from './where.ts'

const FIXTURE = fileURLToPath(new URL('./fixtures/', import.meta.url))
const MODULES = join(REPOSITORY, 'node_modules')
const BY_TEST = {
  ...COMPILE_CACHE,
  CI: '',
  TSTRACE: "--contexts test -f all.counts --all --include 'packages/*/src/**'",
}

/** A workspace in a folder in which nothing is to be found but what is linked there. */
function workspace(runner: { readonly name: string; readonly folder: string }): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tstrace-workspace-')))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(FIXTURE, folder, { recursive: true })
  installAsPnpm(folder, runner)
  link(join(MODULES, 'jsdom'), join(folder, 'node_modules/jsdom'))
  link('../../bread', join(folder, 'packages/shop/node_modules/bread'))
  // A source that can be reached by another name is no other source.
  link('../../bread/src', join(folder, 'packages/shop/src/bread'))
  return folder
}

/** One report over all, in which a source of several projects adds up; what each project ran is kept apart. */
function expectCounted(folder: string): void {
  const listings = join(folder, 'coverage/tstrace/packages')
  const names = readdirSync(listings, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.cover'),
  )
  expect(names.sort()).toEqual(['bread/src/work.cover', 'shop/src/window.cover'])
  const listing = readFileSync(join(listings, 'bread/src/work.cover'), 'utf8')
  expect(listing).toMatchInlineSnapshot(`
    "    3: export function price(grams: number): number {
        5:   const place = typeof document === 'undefined' ? 'process' : 'page'
        5:   return place === 'page' ? grams * 2 : grams
           }
    "
  `)
  const results = new CoverageResults(join(folder, 'all.counts'), { root: folder })
  const calls = results.contexts().map((context) => {
    const own = results.of(context)
    const [version] = own.versions().filter(({ path }) => path === 'packages/bread/src/work.ts')
    const [price] = version
      ? own.functions(version.path, version.hash).filter(({ name }) => name === 'price')
      : []
    return 'project' in context ? [context.project, context.kind, price?.calls ?? 0] : []
  })
  expect(calls).toMatchInlineSnapshot(`
    [
      [
        "bread",
        "import",
        0,
      ],
      [
        "bread",
        "test",
        1,
      ],
      [
        "bread in a page",
        "import",
        0,
      ],
      [
        "bread in a page",
        "test",
        1,
      ],
      [
        "shop",
        "import",
        0,
      ],
      [
        "shop",
        "test",
        3,
      ],
    ]
  `)
}

const DEPENDENCY = 'node_modules/.pnpm/dep@1.0.0/node_modules/dep'

/** A package in the store, and a program and a test file that run it and a package of the workspace, both through links. */
function addDependency(folder: string): void {
  const files = {
    [`${DEPENDENCY}/package.json`]:
      '{ "name": "dep", "exports": { "import": "./index.mjs", "require": "./index.cjs" } }',
    [`${DEPENDENCY}/index.cjs`]:
      "exports.twice = (text) => {\n  return text + text\n}\nrequire('./lib.cjs')\n",
    [`${DEPENDENCY}/index.mjs`]:
      "export const twice = (text) => {\n  return text + text\n}\nimport './lib.mjs'\n",
    [`${DEPENDENCY}/lib.cjs`]: '1\n',
    [`${DEPENDENCY}/lib.mjs`]: '1\n',
    'packages/shop/program.mjs':
      "import { price } from 'bread'\nimport { twice } from 'dep'\nconsole.log(twice('a'), price(2))\n",
    'packages/shop/test/linked.test.ts': `import { price } from 'bread'
import { twice } from 'dep'

test('both', () => {
  expect([twice('a'), price(2)]).toEqual(['aa', 4])
})
`,
  }
  mkdirSync(join(folder, DEPENDENCY), { recursive: true })
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
  link('.pnpm/dep@1.0.0/node_modules/dep', join(folder, 'node_modules/dep'))
}

/** Globs as a user writes them, by the names of the packages. */
const BY_LINKS = [
  '--include=node_modules/dep/**',
  '--exclude=node_modules/dep/lib.*',
  '--include=packages/shop/node_modules/bread/src/**',
]

function rowsOf(summary: string): string[] {
  const rows = summary.matchAll(/^ +(\d+) +\d+% .*\((.*)\)$/gm)
  return [...rows].map(([, lines, path]) => `${path}: ${lines}`)
}

const ROWS = [
  expect.stringMatching(/^node_modules\/\.pnpm\/dep@1\.0\.0\/node_modules\/dep\/index\.[cm]js: 3$/),
  'packages/bread/src/work.ts: 3',
]

/** What differs between versions is in `projects` and `jest-projects`. */
const VITESTS = majorsOf(WORKSPACES).filter((major) => ANY_MAJOR.includes(major))
const JESTS = WORKSPACES.jest.filter((major) => ANY_JEST_MAJOR.includes(major))

test.each(VITESTS)('Vitest %i', async (major) => {
  const place = major === 5 ? MODULES : join(REPOSITORY, `runners/vitest-${major}/node_modules`)
  const folder = workspace({ name: 'vitest', folder: join(place, 'vitest') })
  const program = join(folder, 'node_modules/vitest/vitest.mjs')
  const { status, stderr } = await runCommand({
    program,
    args: ['run', '--reporter=tstrace'],
    folder,
    options: { env: BY_TEST },
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expectCounted(folder)
  addDependency(folder)
  const linked = () =>
    runCommand({
      program,
      args: ['run', '--reporter=tstrace', 'linked'],
      folder,
      options: { env: { ...BY_TEST, TSTRACE: BY_LINKS.join(' ') } },
    })
  const external = await linked()
  expect({ rows: rowsOf(external.stdout), stderr: external.stderr }).toEqual({
    rows: ROWS.slice(1),
    stderr: expect.stringMatching(
      /^tstrace: Nothing that was loaded matches the pattern "node_modules\/dep\/\*\*" of `include`\. Vitest transforms .*\n$/,
    ),
  })
  const config = join(folder, 'vitest.config.ts')
  const inline = "globals: true, server: { deps: { inline: ['dep'] } }"
  writeFileSync(config, readFileSync(config, 'utf8').replace('globals: true', inline))
  const inlined = await linked()
  expect({ rows: rowsOf(inlined.stdout), stderr: inlined.stderr }).toEqual({ rows: ROWS, stderr: '' })
  expect(keptIn(folder)).toContain('tstrace+dist+in-node.cjs')
})

/** Of which files of ours it is kept what V8 has compiled. */
function keptIn(folder: string): string[] {
  const names = readdirSync(join(folder, 'node_modules/.cache/tstrace'))
  return names.map((name) => name.replace(/-v\d.*/, ''))
}

test('the command starts from what V8 has compiled before, and without it where that is damaged', async () => {
  const folder = workspace({ name: 'vitest', folder: join(MODULES, 'vitest') })
  const program = join(folder, 'node_modules/tstrace/bin/tstrace.js')
  writeFileSync(join(folder, 'program.js'), `const big = '${'-'.repeat(70_000)}'\nconsole.log(big.length)\n`)
  const run = () =>
    runCommand({
      program,
      args: ['-c', '-s', '-C', 'out', 'program.js'],
      folder,
      options: { env: { CI: '' } },
    })
  const first = await run()
  expect(first).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^70000\nlines [\s\S]*\n +2 +100%/),
    stderr: '',
  })
  const kept = join(folder, 'node_modules/.cache/tstrace')
  expect(keptIn(folder)).toEqual(
    expect.arrayContaining(['@tstrace+node+dist+guest.cjs', 'tstrace+dist+command+program+command.cjs']),
  )
  const before = Object.fromEntries(readdirSync(kept).map((name) => [name, readFileSync(join(kept, name))]))
  expect(await run()).toEqual(first)
  for (const [name, bytes] of Object.entries(before)) {
    expect(readFileSync(join(kept, name)).equals(bytes), name).toBe(true)
    writeFileSync(join(kept, name), bytes.fill(1, bytes.length >> 1))
  }
  expect(await run()).toEqual(first)
})

test('what is changed in an installed file is what runs, also where its length stays', async () => {
  const folder = workspace({ name: 'vitest', folder: join(MODULES, 'vitest') })
  const installed = join(folder, 'node_modules/tstrace')
  writeFileSync(join(folder, 'program.js'), '1\n')
  const run = () =>
    runCommand({
      program: join(installed, 'bin/tstrace.js'),
      args: ['-c', '-s', '-C', 'out', 'program.js'],
      folder,
      options: { env: { CI: '' } },
    })
  expect((await run()).stdout).toMatch(/^lines {3}cov%/)
  const program = join(installed, 'dist/command/program')
  for (const name of readdirSync(program)) {
    const file = join(program, name)
    writeFileSync(file, readFileSync(file, 'latin1').replaceAll('cov%', 'COV%'), 'latin1')
  }
  expect((await run()).stdout).toMatch(/^lines {3}COV%/)
})

test('the command runs what it has kept of a text, and of no other text or way of counting', async () => {
  const folder = workspace({ name: 'vitest', folder: join(MODULES, 'vitest') })
  const run = (text: string, ...args: string[]) => {
    writeFileSync(join(folder, 'program.ts'), text)
    const program = join(folder, 'node_modules/tstrace/bin/tstrace.js')
    const options = { env: { CI: '' } }
    return runCommand({ program, args: ['-c', '-C', 'out', ...args, 'program.ts'], folder, options })
  }
  const text = "const name: string = 'here'\nfor (const end of ['!', '?']) console.log(name + end)\n"
  const listing = () => readFileSync(join(folder, 'out/program.cover'), 'utf8')
  const first = await run(text)
  const counted = listing()
  expect([first, counted]).toMatchInlineSnapshot(`
    [
      {
        "status": 0,
        "stderr": "",
        "stdout": "here!
    here?
    ",
      },
      "    1: const name: string = 'here'
        3: for (const end of ['!', '?']) console.log(name + end)
    ",
    ]
  `)
  const kept = join(folder, 'node_modules/.cache/tstrace')
  const [file = '', ...others] = readdirSync(kept).filter((name) => name.endsWith('.code'))
  expect(others).toEqual([])
  // Whoever changes it changes the program.
  const bytes = readFileSync(join(kept, file))
  const end = bytes.indexOf('\n')
  const body = bytes.toString('utf8', end + 1).replace("'here'", "'kept'")
  const head = bytes.toString('utf8', 0, end).replace(/\d+$/, String(crc32(body)))
  writeFileSync(join(kept, file), `${head}\n${body}`)
  expect((await run(text)).stdout).toBe('kept!\nkept?\n')
  expect(listing()).toBe(counted)
  expect((await run(text, '-T')).stdout).toMatch(/^here!\nhere\?\n/)
  expect((await run(text.replace('here', 'else'))).stdout).toBe('else!\nelse?\n')
  writeFileSync(join(kept, file), `${head}\n${body.replace('kept', 'lost')}`)
  expect((await run(text)).stdout).toBe('here!\nhere?\n')
})

test.each(JESTS)('Jest %i', async (major) => {
  const place = major === 30 ? MODULES : join(REPOSITORY, `runners/jest-${major}/node_modules`)
  const folder = workspace({ name: 'jest', folder: join(place, 'jest') })
  const preset = (name: string) => join(MODULES, '@babel', name)
  const presets = [[preset('preset-env'), { targets: { node: 'current' } }], preset('preset-typescript')]
  const transform = { '\\.ts$': [join(MODULES, 'babel-jest'), { presets, configFile: false }] }
  const project = (displayName: string, name: string, testEnvironment: string) => {
    const rootDir = `<rootDir>/packages/${name}`
    return { displayName, rootDir, testEnvironment, transform }
  }
  const jsdom = join(MODULES, 'jest-environment-jsdom')
  const config = {
    cacheDirectory: join(folder, 'cache'),
    projects: [
      project('bread', 'bread', 'node'),
      project('bread in a page', 'bread', jsdom),
      project('shop', 'shop', jsdom),
    ],
    reporters: ['default', 'tstrace/jest'],
  }
  writeFileSync(join(folder, 'jest.config.json'), JSON.stringify(config))
  const program = join(folder, 'node_modules/jest/bin/jest.js')
  const { status, stderr } = await runCommand({ program, args: [], folder, options: { env: BY_TEST } })
  expect(status, stderr).toBe(0)
  expect(stderr).not.toContain('tstrace:')
  expectCounted(folder)
  addDependency(folder)
  const env = { ...BY_TEST, TSTRACE: BY_LINKS.join(' ') }
  const linked = await runCommand({ program, args: ['linked'], folder, options: { env } })
  expect(linked.stderr).not.toContain('tstrace:')
  expect(rowsOf(linked.stderr), linked.stderr).toEqual(ROWS)
})

test('the command counts what is named by links', async () => {
  const folder = workspace({ name: 'vitest', folder: join(MODULES, 'vitest') })
  addDependency(folder)
  const run = (...filters: string[]) =>
    runCommand({
      program: join(folder, 'node_modules/tstrace/bin/tstrace.js'),
      args: ['-c', '-s', '-C', 'out', ...filters, 'packages/shop/program.mjs'],
      folder,
      options: { env: { CI: '' } },
    })
  const { stderr, stdout } = await run(...BY_LINKS)
  expect({ rows: rowsOf(stdout), stderr }).toEqual({ rows: ROWS, stderr: '' })
  const none = await run('--include=node_modules/d*/**')
  expect(none.stderr).toMatch(
    /^tstrace: Nothing that was loaded matches the pattern "node_modules\/d\*\/\*\*" of `include`\. /m,
  )
})
