import { createContext, runInContext, runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { drain } from '../../../core/src/collect/drain.ts'
import { instrument } from '../../src/instrument/instrument.ts'
import { CALLERS, GLOBAL } from '../../src/runtime/constants.ts'
import { type RuntimeState, stateOf } from '../../src/runtime/state.ts'

function emitted(source: string, file = 'a.js'): string {
  return instrument(source, { file, calls: true })?.code ?? source
}

function countsOf(realm: object): Record<string, number[]> {
  const sources = drain(realm)?.sources ?? []
  return Object.fromEntries(sources.map(({ counts, path }) => [path, [...counts]]))
}

test('the emitted code makes the state that the collecting half reads', () => {
  const realm = runInNewContext(`${emitted('function f() {}\nf()\n')}\nglobalThis`) as object
  const state = stateOf(realm) as RuntimeState
  const [file] = Object.values(state.files)
  expect(state.at?.[0]).toBe(0)
  expect(state.next).toBe(3)
  expect(file).toMatchObject({ path: 'a.js', base: 1 })
  expect(file?.counts).toHaveLength(2)
  expect(file?.callers).toHaveLength(2 * CALLERS)
})

test('the global is seen by nobody who lists globals, and can be replaced', () => {
  const realm = runInNewContext(`${emitted('let a = 1\n')}\nglobalThis`) as object
  expect(Object.keys(realm)).not.toContain(GLOBAL)
  expect(Object.getOwnPropertyDescriptor(realm, GLOBAL)).toMatchObject({ configurable: true, writable: true })
})

test('a realm without it has no state', () => {
  expect(stateOf({})).toBeUndefined()
})

test('files share one state; a file evaluated twice adds up', () => {
  const realm = createContext({})
  for (const file of ['a.js', 'b.js', 'a.js']) {
    runInContext(`(function () {${emitted('for (const x of [1, 2]) x\n', file)}\n})()`, realm)
  }
  const counts = countsOf(realm)
  expect(counts['a.js']).toEqual(counts['b.js']?.map((count) => 2 * count))
})

test('a file that is not evaluated again goes on counting after a drain', () => {
  const realm = createContext({})
  const { f } = runInContext(`${emitted('function f() {}\n')}\n;({ f })`, realm) as { f: () => void }
  drain(realm)
  f()
  expect(countsOf(realm)).toEqual({ 'a.js': [0, 1] })
})

test('functions count before the first statement of their file has run', () => {
  const realm = createContext({})
  const code = emitted('export function early() {\n  return 1\n}\nconst later = 2\n')
  runInContext(`(function () {\nearly();\nreturn;\n${code.replace('export ', '')}\n})()`, realm)
  expect(countsOf(realm)).toEqual({ 'a.js': [0, 1] })
})

test('spied, faked, frozen and deleted globals change nothing once the first file has run', () => {
  const realm = createContext({})
  runInContext(`${emitted('let first = 1\n', 'first.js')}`, realm)
  runInContext(
    `
    Map.prototype.get = Map.prototype.set = () => { throw new Error('Map') }
    Promise.prototype.then = () => { throw new Error('then') }
    Promise.resolve = () => { throw new Error('resolve') }
    Object.defineProperty = Object.keys = () => { throw new Error('Object') }
    Array.prototype.push = Array.prototype.fill = () => { throw new Error('Array') }
    globalThis.queueMicrotask = globalThis.setTimeout = undefined
    `,
    realm,
  )
  const source = 'function f() { g() }\nfunction g() {}\nf()\nf()\nfor (const h of [f, g]) h()\n'
  runInContext(`(function () {${emitted(source)}\n})()`, realm)
  expect(countsOf(realm)['a.js']?.slice(1, 3)).toEqual([3, 4])
})

test('a module that throws does not stay the current one', async () => {
  const realm = createContext({})
  expect(() => runInContext(`${emitted('function f() {}\nf()\nthrow new Error("x")\n')}`, realm)).toThrow('x')
  expect(stateOf(realm)?.at?.[0]).toBe(1)
  await runInContext('Promise.resolve()', realm)
  expect(stateOf(realm)?.at?.[0]).toBe(0)
})

test.each([
  ['runs to its end', 'let a = 1\n'],
  ['returns', 'if (globalThis) return\nlet a = 1\n'],
  ['returns something', 'return [1].length\n'],
  ['throws', 'throw 1\n'],
])('a CommonJS module that %s gives back who required it', (_, source) => {
  const realm = createContext({})
  const inside = emitted(source, 'b.js')
  Object.assign(realm, { require: () => runInContext(`(function () {${inside}\n})()`, realm) })
  const outside = emitted('function f() { try { require() } catch {}\ng() }\nfunction g() {}\nf()\n')
  runInContext(outside, realm)
  const edges = drain(realm)?.edges.map(({ callerFunction, calleeFunction }) => [
    callerFunction,
    calleeFunction,
  ])
  // <event loop> → a, a → f, f → b, f → g
  expect(edges?.sort()).toEqual([
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 2],
  ])
})
