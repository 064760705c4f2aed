import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { NODES_BY_HOOKS } from '../cli-command/nodes.ts'
import { type Ended, folderWith, type RunOptions, run } from '../cli-command/tstrace-command.ts'
import { install, REPOSITORY } from '../install.ts'

const MARK = '\ufeff'
const SHEBANG = '#!/usr/bin/env node\n'

/** Something of each kind of which a run says or writes something. */
const PROGRAM = {
  'main.mjs': `import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import { outside } from '../outside/outside.mjs'
import { fail, Side } from './lib/compiled.ts'
import { hinted } from './lib/hinted.mjs'
import { typed } from './lib/typed.mts'

const require = createRequire(import.meta.url)
console.log(hinted(1), typed(2), Side.right, outside(3))
try {
  require('./lib/broken.cjs')
} catch (error) {
  console.log(error.name)
}
for (const text of ['exports.n = 1\\n', 'exports.n = 1\\nexports.n++\\n']) {
  writeFileSync(new URL('lib/changing.cjs', import.meta.url), text)
  console.log(require('./lib/changing.cjs').n)
  delete require.cache[require.resolve('./lib/changing.cjs')]
}
if (process.argv[2] !== 'child') {
  await once(fork(new URL(import.meta.url), ['child']), 'exit')
  await once(new Worker(new URL('lib/worker.cjs', import.meta.url)), 'exit')
  fail()
}
`,
  'lib/broken.cjs': 'const = 1\n',
  'lib/compiled.ts': `export enum Side {
  left,
  right,
}

export function fail(): never {
  const wrong: string = 'wrong'
  throw new Error(wrong)
}
`,
  'lib/hinted.mjs': `export function hinted(n) {
  // tstrace ignore next
  if (n > 1) {
    return 0
  }
  return n ? 1 : 2
}
`,
  'lib/typed.mts': 'export const typed = (n: number): number => (n > 1 ? n : 0)\n',
  'lib/worker.cjs': `${MARK}const { threadId } = require('node:worker_threads')\nconsole.log(threadId)\n`,
}

const ALL = ['-ctTms', '--branches', '--debug', '--format=lcov', '-C', 'out', 'main.mjs']

let installed = ''

// Only what is installed keeps anything; and what it keeps is damaged here, so that it is an installation of its own.
beforeAll(() => {
  const runs = join(REPOSITORY, 'runners/jest-30/runs')
  mkdirSync(runs, { recursive: true })
  installed = mkdtempSync(join(runs, 'warm-'))
  install(installed)
  return () => rmSync(installed, { recursive: true })
})

function cache(): string {
  return join(installed, 'node_modules/.cache/tstrace')
}

/** The files with code, whatever they are. */
function keptFiles(): string[] {
  return readdirSync(cache())
    .filter((name) => name.endsWith('.code'))
    .map((name) => join(cache(), name))
}

interface Said extends Ended {
  /** All that was written, by path, but for what no two runs have in common. */
  readonly files: Readonly<Record<string, string>>
}

function tstrace(folder: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  return run(folder, [join(installed, 'node_modules/tstrace/bin/tstrace.js'), ...args], options)
}

/** Runs a program, with nothing in its output folder. */
async function said(folder: string, args: readonly string[], options: RunOptions): Promise<Said> {
  const output = join(folder, args[args.indexOf('-C') + 1] as string)
  rmSync(output, { recursive: true, force: true })
  const ended = await tstrace(folder, args, options)
  const paths = readdirSync(output, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path !== '.tstrace-written' && statSync(join(output, path)).isFile(),
  )
  const read = (path: string): string => readFileSync(join(output, path), 'utf8')
  const files = Object.fromEntries(paths.sort().map((path) => [path, read(path)]))
  const { 'recording.counts': recording = '' } = files
  return { ...ended, files: { ...files, 'recording.counts': recording.replaceAll(/^(run|end)\t.*\n/gm, '') } }
}

/** As `said`, where nothing is kept. */
function saidFresh(folder: string, args: readonly string[], options: RunOptions): Promise<Said> {
  return said(folder, args, { ...options, env: { NODE_DISABLE_COMPILE_CACHE: '1' } })
}

function projectFolder(files: Readonly<Record<string, string>>): string {
  const folder = folderWith({ 'outside/outside.mjs': 'export const outside = (n) => n\n' })
  for (const [path, text] of Object.entries({ 'package.json': '{}', ...files })) {
    mkdirSync(join(folder, 'project', path, '..'), { recursive: true })
    writeFileSync(join(folder, 'project', path), text)
  }
  return join(folder, 'project')
}

describe.each(NODES_BY_HOOKS)('in Node.js $major', ({ node }) => {
  test('a warm run says and writes what the first one did, and so does one whose cache is damaged or cannot be', async () => {
    const folder = projectFolder(PROGRAM)
    rmSync(cache(), { recursive: true, force: true })
    const first = await said(folder, ALL, { node })
    expect(first.status).toBe(1)
    expect(first.stderr).toMatch(/^tstrace: lib\/broken\.cjs is not counted: /m)
    expect(first.stderr).toMatch(/^tstrace: ignored \.\.\/outside\/outside\.mjs: /m)
    expect(first.stderr).toMatch(/lib[\\/]compiled\.ts:8:9\)?$/m)
    expect(first.stderr).toMatch(/^tstrace: .* of lib\/changing\.cjs .*: another text of it ran, too/m)
    expect(first.stdout).toContain('\nworker.cjs(2): console.log(threadId)\n')
    expect(Object.keys(first.files)).toEqual(
      expect.arrayContaining(['lcov.info', 'lib/hinted.cover', 'main.cover', 'results.json']),
    )
    expect(first.files['recording.counts']).toMatch(/^text\t/m)

    expect(keptFiles()).not.toEqual([])
    expect(await said(folder, ALL, { node })).toEqual(first)
    for (const file of keptFiles())
      writeFileSync(file, readFileSync(file, 'latin1').replace('cov_', 'cov-'), 'latin1')
    expect(await said(folder, ALL, { node })).toEqual(first)
    rmSync(cache(), { recursive: true })
    writeFileSync(cache(), '')
    expect(await said(folder, ALL, { node })).toEqual(first)
    rmSync(cache())
    expect(await saidFresh(folder, ALL, { node })).toEqual(first)
  })

  test('two first runs at once, and one that was killed, leave nothing that a later one would say', async () => {
    const folder = projectFolder({
      'main.cjs': "console.log(require('./part.cjs')(2))\nsetTimeout(() => {}, 200)\n",
      'part.cjs': 'module.exports = (n) => {\n  while (n > 0) n--\n  return n\n}\n',
    })
    const args = ['-cms', '-C', 'out', 'main.cjs']
    const fresh = await saidFresh(folder, args, { node })
    expect(fresh.files['part.cover']).toContain('    3:   while (n > 0) n--\n')
    const killed = { signal: 'SIGKILL', after: '0', group: true } as const
    expect(await tstrace(folder, args, { node, interrupt: killed })).toMatchObject({ signal: 'SIGKILL' })
    const { files: _, ...ended } = fresh
    const atOnce = ['one', 'other'].map((output) =>
      tstrace(folder, ['-cms', '-C', output, 'main.cjs'], { node }),
    )
    expect(await Promise.all(atOnce)).toEqual([ended, ended])
    expect(await said(folder, args, { node })).toEqual(fresh)
  })
})

test('what V8 has compiled for the processes of programs is made again where it is gone or damaged', async () => {
  const args = ['-c', '-C', 'out', 'main.cjs']
  const folder = projectFolder({ 'main.cjs': 'void 0\n' })
  const first = await said(folder, args, {})
  const compiled = readdirSync(cache()).filter((name) => /\+(guest|parser|raw-trees)\.cjs-/.test(name))
  expect(compiled).toHaveLength(3)
  for (const name of compiled) {
    const file = join(cache(), name)
    const whole = readFileSync(file)
    writeFileSync(file, whole.subarray(0, 1000))
    expect(await said(folder, args, {})).toEqual(first)
    expect(statSync(file).size).toBeGreaterThan(whole.length / 2)
  }
})

test('what was changed between is as where nothing is kept', async () => {
  const code = 'console.log(1)\n'
  const texts = [`${SHEBANG}${code}`, `${MARK}${SHEBANG}${code}`, `${SHEBANG}${code}`, `if (1)\n  ${code}`]
  const folder = projectFolder({ 'main.cjs': '' })
  const statuses: unknown[] = []
  for (const text of texts) {
    writeFileSync(join(folder, 'main.cjs'), text)
    const args = ['-cm', '-C', 'out', 'main.cjs']
    const fresh = await saidFresh(folder, args, {})
    expect(await said(folder, args, {})).toEqual(fresh)
    statuses.push(fresh.status)
  }
  // Node refuses a mark in front of `#!`, and so does what is counted.
  expect(statuses).toEqual([0, 1, 0, 0])
  for (const options of ['-ctT', '-c --branches', '-c --exclude main.cjs']) {
    const args = [...options.split(' '), '-C', 'out', 'main.cjs']
    expect(await said(folder, args, {})).toEqual(await saidFresh(folder, args, {}))
  }
  const args = ['-cm', '-C', 'project/out', 'project/main.cjs']
  const above = join(folder, '..')
  expect(await said(above, args, {})).toEqual(await saidFresh(above, args, {}))
})
