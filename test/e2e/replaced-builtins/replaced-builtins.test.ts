import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { NODES } from '../cli-command/nodes.ts'
import { folderWith, run, tstrace } from '../cli-command/tstrace-command.ts'
import { ANY_JEST_MAJOR, jestProject } from '../jest-project.ts'
import { TRANSFORMS } from '../jest-transforms.ts'
import { inTurn, rowsOf } from '../matrix.ts'
import { ANY_MAJOR, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

const LISTING = `    1: export function work(n: number): number {
    5:   if (n > 0) work(n - 1)
    5:   return n
       }
${' '.repeat(7)}
    1: export function* numbers(): Generator<number> {
    1:   yield* [1, 2]
       }
`

test.each(ANY_MAJOR)('Vitest %s: tests replace every builtin while they run', async (major) => {
  const project = vitestProject(major, FIXTURE)
  for (const words of ['--trackcalls', '--trackcalls --trace']) {
    const { status, stderr } = await project.vitest(['--reporter=tstrace'], { env: { TSTRACE: words } })
    expect({ words, status, stderr }).toEqual({ words, status: 0, stderr: '' })
    expect(project.read('coverage/tstrace/src/work.cover')).toBe(LISTING)
  }
})

test.each(ANY_JEST_MAJOR)('Jest %s: tests replace every builtin while they run', async (major) => {
  const project = jestProject(major, FIXTURE, { transform: TRANSFORMS['babel-jest'] })
  project.write('test/replaced.test.ts', project.read('test/replaced.test.ts').replace('work.js', 'work.ts'))
  const { status, stderr } = await project.jest(['--reporters=tstrace/jest'], {
    env: { TSTRACE: '--trackcalls' },
  })
  expect({ status, stderr }).toMatchObject({ status: 0 })
  expect(project.read('coverage/tstrace/src/work.cover')).toBe(LISTING)
})

/** What is left is what Node itself calls between two timers and when it loads a module. */
const POISON = `const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect
const KEPT = ['constructor', 'toString', 'valueOf', 'pop']
module.exports = () => {
  const names = ['Object', 'Function', 'Array', 'Number', 'Boolean', 'Symbol', 'RegExp', 'Date', 'Map', 'Set', 'WeakMap', 'Promise',
    'Reflect', 'Math', 'JSON', 'ArrayBuffer', 'DataView', 'Atomics', 'Uint8Array', 'Float64Array', 'Int32Array']
  const owners = [String.prototype, getPrototypeOf([].values()), getPrototypeOf(new Map().values()), getPrototypeOf(Uint8Array.prototype)]
  for (const name of names) owners.push(globalThis[name], ...(globalThis[name].prototype ? [globalThis[name].prototype] : []))
  const todo = owners.flatMap((owner) => ownKeys(owner).filter((key) => !KEPT.includes(key)).map((key) => ({ owner, key })))
  const Failure = Error
  for (let at = 0; at < todo.length; at++) {
    const { owner, key } = todo[at]
    const { configurable, value } = getOwnPropertyDescriptor(owner, key)
    if (!configurable || typeof value !== 'function') continue
    defineProperty(owner, key, { value() { throw new Failure('poisoned') }, configurable: true, writable: true })
  }
  for (let at = 0; at < names.length; at++) globalThis[names[at]] = undefined
}
`
const MAIN = `const { writeSync } = require('fs')
const poison = require('./poison.cjs')
function f(n) {
  if (n > 0) f(n - 1)
  return n
}
f(2)
poison()
f(3)
setTimeout(() => {
  f(4)
  require('./late.cjs')
  writeSync(1, 'the end\\n')
}, 250)
`

/** Less than everything: Node itself calls the program's methods when it starts a process or thread. */
const STARTS = `const { execFileSync, spawn } = require('child_process')
const { Worker } = require('worker_threads')
const { execPath } = process
const { getPrototypeOf } = Object
class Mine extends Worker {}
function poisoned() {
  throw new Error('poisoned')
}
const replaced = [
  [Reflect, ['apply', 'construct']],
  [Object, ['entries', 'fromEntries']],
  [Array, ['isArray']],
  [Array.prototype, ['filter', 'join', 'map', 'toSpliced']],
  [String.prototype, ['includes', 'indexOf', 'slice']],
  [Object.prototype, ['getPrototypeOf', 'has']],
]
for (let i = 0; i < replaced.length; i++) for (let j = 0; j < replaced[i][1].length; j++) {
  replaced[i][0][replaced[i][1][j]] = poisoned
}
`
const WAYS = {
  'a process': "spawn(execPath, ['child.cjs'], { env: {} })",
  'a process that is waited for': "execFileSync(execPath, ['child.cjs'], { env: {} })",
  'a thread': "new Worker('./child.cjs', { env: {} })",
  'a thread of a class of its own': "new Mine('./child.cjs', { env: {} })",
}
const CHILD = 'globalThis.x = 1\n'

/** Large enough for its site table to be handed over. */
const LARGE = 'globalThis.x = 1\n'.repeat(4000)
const WATCHING = `const fs = require('fs')
const { writeSync } = fs
for (const name of ['appendFileSync', 'closeSync', 'mkdirSync', 'openSync', 'renameSync', 'writeFileSync', 'writeSync']) {
  const original = fs[name]
  fs[name] = (...args) => {
    writeSync(1, 'seen ' + name + ' ' + args[0] + '\\n')
    return original(...args)
  }
}
fs.writeFileSync('own', '')
process.once('SIGTERM', () => setTimeout(() => require('./large.cjs'), 200))
setTimeout(() => process.kill(process.pid, 'SIGTERM'), 200)
setTimeout(() => {}, 600)
`

test.each([
  ['takes away', 'deleteProperty(owner, name)'],
  ['replaces', 'defineProperty(owner, name, { get: () => 0, configurable: true })'],
])('a program %s the lengths and buffers of typed arrays', async (_, way) => {
  const main = `const owner = Object.getPrototypeOf(Uint8Array.prototype)
for (const name of ['length', 'buffer', 'byteLength', 'byteOffset']) Reflect.${way}
let n = 0
setTimeout(() => {
  for (let i = 0; i < 3; i++) n += i
}, 300)
`
  const folder = folderWith({ 'main.cjs': main })
  const { status, stderr } = await tstrace(folder, ['-c', '-C', 'out', 'main.cjs'])
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(readFileSync(join(folder, 'out/main.cover'), 'utf8')).toMatch(/^ {4}4: {3}for/m)
})

describe.each(NODES)('in Node.js $major', (one) => {
  const { node } = one
  const test = inTurn(NODES, one)
  test.each([
    ['counts', ['-c']],
    ['counts and calls', ['-cT']],
    ['shows lines', ['-t']],
  ])('a program poisons every builtin, and the command %s', async (_, words) => {
    const late = 'let n = 0\nfor (let i = 0; i < 3; i++) {\n  n += i\n}\n'
    const folder = folderWith({ 'main.cjs': MAIN, 'poison.cjs': POISON, 'late.cjs': late })
    const ended = await tstrace(folder, [...words, '-C', 'out', '--ignore-module=poison', 'main.cjs'], {
      node,
    })
    expect(ended).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('the end\n') })
    if (words[0] === '-t') {
      expect(ended.stdout).toContain(' --- modulename: late, funcname: <module>\nlate.cjs(1): let n = 0\n')
      return
    }
    const main = readFileSync(join(folder, 'out/main.cover'), 'utf8')
    expect(main).toContain('   12:   return n\n')
    expect(main).toContain("    1:   writeSync(1, 'the end\\n')\n")
    expect(readFileSync(join(folder, 'out/late.cover'), 'utf8')).toContain('    3:   n += i\n')
  })

  test('a program watches what is written, and sees only what it writes itself', async () => {
    const folder = folderWith({ 'main.cjs': WATCHING, 'large.cjs': LARGE })
    const watched = await run(folder, ['main.cjs'], { node })
    expect(watched).toMatchObject({ status: 0, stdout: expect.stringContaining('seen writeFileSync own\n') })
    const { status, stdout } = await tstrace(folder, ['-c', '--debug', '-C', 'out', 'main.cjs'], { node })
    expect({ status, stdout }).toEqual({ status: 0, stdout: watched.stdout })
    expect(readFileSync(join(folder, 'out/large.cover'), 'utf8')).toContain('    1: globalThis.x = 1\n')
  })
})

const ROWS = rowsOf(
  { way: Object.keys(WAYS) as (keyof typeof WAYS)[], major: NODES.map(({ major }) => major) },
  1,
)

test.each(ROWS)(
  'Node.js $major: a program replaces what is called before $way starts with an environment of its own',
  async ({ major, way }) => {
    const node = NODES.find((one) => one.major === major)?.node as string
    const files = { 'main.cjs': `${STARTS}${WAYS[way]}\ngetPrototypeOf(Worker)\n`, 'child.cjs': CHILD }
    const folder = folderWith(files)
    expect(await run(folder, ['main.cjs'], { node })).toMatchObject({ status: 0, stderr: '' })
    expect(await tstrace(folder, ['-c', '-C', 'out', 'main.cjs'], { node })).toMatchObject({
      status: 0,
      stderr: '',
    })
    expect(readFileSync(join(folder, 'out/child.cover'), 'utf8')).toBe(`    1: ${CHILD}`)
  },
)
