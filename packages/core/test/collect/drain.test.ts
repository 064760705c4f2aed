import { runInNewContext } from 'node:vm'
import { type InstrumentOptions, instrument } from '@tstrace/instrument'
import { installState } from '@tstrace/instrument/runtime'
import { expect, test } from 'vitest'
import { drain } from '../../src/collect/drain.ts'

const source = `function f() {
  return 1
}
f()
f()
`

function ran(code: string, more: Partial<InstrumentOptions> = {}): { realm: object; id: string } {
  const made = instrument(code, { file: 'a.js', calls: true, ...more })
  if (!made) throw new Error('nothing runs')
  return { realm: runInNewContext(`${made.code}\nglobalThis`) as object, id: made.id }
}

test('takes counts and edges of a realm, and starts again from zero', () => {
  const { realm, id } = ran(source)
  const counted = drain(realm)
  expect(counted?.sources).toEqual([{ id, path: 'a.js', counts: Float64Array.of(1, 2, 1) }])
  expect(counted?.edges).toEqual([
    { callerId: '', callerFunction: 0, calleeId: id, calleeFunction: 0, calls: 1, resumptions: 0 },
    { callerId: id, callerFunction: 0, calleeId: id, calleeFunction: 1, calls: 2, resumptions: 0 },
  ])
  expect(drain(realm)).toBeUndefined()
})

test('what runs after draining is counted anew', () => {
  const { realm, id } = ran(`globalThis.f = function f() {}\n`)
  drain(realm)
  const { f } = realm as { f: () => void }
  f()
  f()
  const counted = drain(realm)
  expect([...(counted?.sources[0]?.counts ?? [])].reduce((sum, count) => sum + count, 0)).toBe(2)
  expect(counted?.edges).toEqual([
    { callerId: '', callerFunction: 0, calleeId: id, calleeFunction: 1, calls: 2, resumptions: 0 },
  ])
})

test('each of many files has what it counted, wherever its counters lie, and those that come later, too', () => {
  const realm = runInNewContext('globalThis') as object
  const state = installState(realm)
  const add = (name: string, length: number, isInRow = true): Float64Array => {
    const Counters = isInRow ? (state.Counters ?? Float64Array) : Float64Array
    const counts = new Counters(length)
    state.files[name] = { path: name, counts }
    return counts
  }
  const counted = (): unknown =>
    drain(realm)?.sources.map(({ id, counts }) => [id, counts.length, counts.reduce((a, b) => a + b)])
  const [a, b, c] = [add('a', 3), add('b', 2), add('c', 4000)]
  c[3999] = 7
  a[2] = 1
  expect(counted()).toEqual([
    ['a', 3, 1],
    ['c', 4000, 7],
  ])
  const [d, e, f] = [add('d', 100), add('e', 2, false), add('f', 3)]
  for (const counts of [b, d, e, f]) counts[1] = counts.length
  expect(counted()).toEqual([
    ['b', 2, 2],
    ['d', 100, 100],
    ['e', 2, 2],
    ['f', 3, 3],
  ])
  expect(counted()).toBeUndefined()
})

test('what is given away is not changed by what runs later', () => {
  const { realm } = ran(`globalThis.f = function f() {}\n`)
  const counts = drain(realm)?.sources[0]?.counts.slice()
  ;(realm as { f: () => void }).f()
  expect(drain(realm)?.sources[0]?.counts).not.toEqual(counts)
})

test('more callers than a function remembers in place lose no call', () => {
  const callers = Array.from({ length: 100 }, (_, n) => `function c${n}() { f(); f() }`).join('\n')
  const calls = Array.from({ length: 100 }, (_, n) => `c${n}()`).join('\n')
  const { realm } = ran(`function f() {}\n${callers}\nfor (let i = 0; i < 3; i++) {\n${calls}\n}\n`)
  const into = drain(realm)?.edges.filter((edge) => edge.calleeFunction === 1) ?? []
  expect(into).toHaveLength(100)
  expect(into.every((edge) => edge.calls === 6)).toBe(true)
})

test('a table travels with the code where it is asked for', () => {
  const carried = drain(ran(source, { carryTable: true }).realm)?.sources[0]?.table ?? ''
  const { hash, sites } = instrument(source, { file: 'a.js', calls: true }) ?? {}
  expect(JSON.parse(carried)).toEqual({ hash, sites })
  expect(drain(ran(source).realm)?.sources[0]).not.toHaveProperty('table')
})

test('the event loop is current after draining', () => {
  const { realm } = ran(`globalThis.f = function* f() { yield g() }\nfunction g() {}\n`)
  const state = realm as { f: () => Iterator<unknown>; __tstrace__: () => { at: Int32Array } }
  const { at } = state.__tstrace__()
  at[0] = 1
  drain(realm)
  expect(at[0]).toBe(0)
})

test('a realm in which nothing was instrumented has nothing', () => {
  expect(drain(runInNewContext('globalThis') as object)).toBeUndefined()
})

test('a resumption without a call of the same caller has an edge of its own', () => {
  const { realm, id } = ran(`function* g() { yield 1; yield 2 }
const it = g()
function first() { it.next() }
function second() { it.next() }
first(); second(); second()
`)
  const into = drain(realm)?.edges.filter((edge) => edge.calleeFunction === 1)
  expect(into).toEqual([
    { callerId: id, callerFunction: 2, calleeId: id, calleeFunction: 1, calls: 1, resumptions: 0 },
    { callerId: id, callerFunction: 3, calleeId: id, calleeFunction: 1, calls: 0, resumptions: 2 },
  ])
})
