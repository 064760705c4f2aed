import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../temporary-folder.ts'

const TEXT =
  'let calls = 0\nexports.double = (n) => n * 2\nexports.counted = () => ++calls\nexports.of = __filename\n'

let folder: string
let file: string
let kept: string

beforeEach(() => {
  folder = temporaryFolder()
  file = made('node_modules/tstrace/dist/it.cjs', TEXT)
  kept = join(folder, 'node_modules/.cache/tstrace')
})

afterEach(() => vi.unstubAllEnvs())

function made(name: string, text: string): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, `(function (exports, require, module, __filename) { 'use strict';\n${text}\n})\n`)
  return path
}

/** Does what a process does: loads a file, and keeps what it has compiled. */
async function started(path: string): Promise<{ exports: Readonly<Record<string, unknown>>; fresh: number }> {
  vi.resetModules()
  vi.stubEnv('CI', '')
  const { loadCompiled, takeCompiled } = await import('../../src/files/compiled-code.ts')
  const exports = loadCompiled(path)
  const fresh = takeCompiled().size
  return { exports, fresh }
}

async function keptAfter(path: string, others: readonly string[] = []): Promise<string[]> {
  vi.resetModules()
  const { loadCompiled } = await import('../../src/files/compiled-code.ts')
  const { keepCompiled } = await import('../../src/files/keep-compiled.ts')
  loadCompiled(path)
  keepCompiled(others)
  return namesIn(kept)
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

test('a file is evaluated once, and knows its place', async () => {
  const { loadCompiled } = await import('../../src/files/compiled-code.ts')
  const first = loadCompiled(file) as { double(n: number): number; counted(): number; of: string }
  expect(first.double(21)).toBe(42)
  expect(first.of).toBe(file)
  first.counted()
  expect((loadCompiled(file) as typeof first).counted()).toBe(2)
  expect(loadCompiled(pathToFileURL(file))).toBe(first)
})

test('a file that throws is evaluated again, and what it requires comes from its place', async () => {
  const throwing = made(
    'node_modules/tstrace/dist/throwing.cjs',
    "const { counted } = require('./it.cjs')\nif (counted() < 2) throw new Error('first')\nexports.path = require('node:path').sep\n",
  )
  const { loadCompiled } = await import('../../src/files/compiled-code.ts')
  expect(() => loadCompiled(throwing)).toThrow('first')
  expect(loadCompiled(throwing).path).toBe(join('a', 'b')[1])
})

test('what V8 has made of a file is used in the next process', async () => {
  vi.stubEnv('CI', '')
  expect((await started(file)).fresh).toBe(1)
  expect(await keptAfter(file)).toEqual([`tstrace+dist+it.cjs-${process.version}-${process.arch}`])
  const { exports, fresh } = await started(file)
  expect(fresh).toBe(0)
  expect((exports.double as (n: number) => number)(21)).toBe(42)
})

// V8 itself looks at the length only.
test.each([
  ['of another length', '* 333'],
  ['of the same length', '* 3'],
])('another text %s in a file takes the place of what was kept', async (_, times) => {
  vi.stubEnv('CI', '')
  const names = await keptAfter(file)
  const { mtime } = statSync(file)
  made('node_modules/tstrace/dist/it.cjs', TEXT.replace('* 2', times))
  utimesSync(file, mtime, mtime)
  const { exports, fresh } = await started(file)
  expect(fresh).toBe(1)
  expect((exports.double as (n: number) => number)(1)).toBe(Number(times.slice(2)))
  expect(await keptAfter(file)).toEqual(names)
  expect((await started(file)).fresh).toBe(0)
})

test('a file that other processes load is compiled ahead, once', async () => {
  vi.stubEnv('CI', '')
  const other = made('node_modules/tstrace/dist/other.cjs', "throw new Error('nobody evaluates it')\n")
  const names = await keptAfter(file, [other])
  expect(names).toHaveLength(2)
  const bytes = names.map((name) => readFileSync(join(kept, name)))
  expect(await keptAfter(file, [other])).toEqual(names)
  expect(names.map((name) => readFileSync(join(kept, name)))).toEqual(bytes)
  made('node_modules/tstrace/dist/other.cjs', "throw new Error('nobody evaluates IT')\n")
  expect(await keptAfter(file, [other])).toEqual(names)
  expect(names.map((name) => readFileSync(join(kept, name)).equals(bytes.shift() as Buffer))).toEqual([
    true,
    false,
  ])
})

// V8 itself looks at its version and its flags only, and crashes on the rest.
test.each([
  [
    'another byte',
    (bytes: Buffer) => bytes.fill((bytes.at(-40) ?? 0) ^ 1, bytes.length - 40, bytes.length - 39),
  ],
  ['the end missing', (bytes: Buffer) => bytes.subarray(0, bytes.length - 100)],
  ['nothing in it', () => Buffer.alloc(0)],
  ['zeros', (bytes: Buffer) => bytes.fill(0)],
])('what was kept is damaged: %s', async (_, damaged) => {
  vi.stubEnv('CI', '')
  const [name = ''] = await keptAfter(file)
  const whole = readFileSync(join(kept, name))
  writeFileSync(join(kept, name), damaged(Buffer.from(whole)))
  const { exports, fresh } = await started(file)
  expect(fresh).toBe(1)
  expect((exports.double as (n: number) => number)(21)).toBe(42)
  await keptAfter(file)
  expect((await started(file)).fresh).toBe(0)
})

test.each([
  ['in CI, where nobody starts again', 'CI', 'true'],
  ['where Node is told to keep nothing', 'NODE_DISABLE_COMPILE_CACHE', '1'],
])('nothing is kept %s', async (_, name, value) => {
  vi.stubEnv('CI', '')
  vi.stubEnv(name, value)
  expect(await keptAfter(file)).toEqual([])
})

// Where the packages of a project lie, and where what is compiled of them is kept.
test.each([
  ['node_modules/@tstrace/node', 'node_modules'],
  ['node_modules/tstrace/node_modules/@tstrace/node', 'node_modules'],
  ['node_modules/.pnpm/tstrace@1.0.0/node_modules/tstrace', 'node_modules'],
  ['node_modules/project/node_modules/tstrace', 'node_modules/project/node_modules'],
  ['node_modules/project/node_modules/.pnpm/a@1/node_modules/tstrace', 'node_modules/project/node_modules'],
])('what is compiled of %s is kept in %s/.cache', async (place, modules) => {
  vi.stubEnv('CI', '')
  kept = join(folder, modules, '.cache/tstrace')
  expect(await keptAfter(made(`${place}/dist/it.cjs`, TEXT))).toHaveLength(1)
})

test('nothing is kept of what is not installed, and where nothing can be', async () => {
  vi.stubEnv('CI', '')
  expect(await keptAfter(made('src/it.cjs', TEXT))).toEqual([])
  writeFileSync(join(folder, 'node_modules/.cache'), '')
  expect(await keptAfter(file)).toEqual([])
  expect((await started(file)).fresh).toBe(1)
})

test('what is read now is evaluated later, from what it is given, without a file', async () => {
  vi.stubEnv('CI', '')
  const later = made('node_modules/tstrace/dist/later.cjs', "exports.six = require('two').two * 3\n")
  vi.resetModules()
  const { readCompiled } = await import('../../src/files/compiled-code.ts')
  const evaluate = readCompiled(later)
  rmSync(folder, { recursive: true })
  expect(evaluate({ two: { two: 2 } })).toEqual({ six: 6 })
})
