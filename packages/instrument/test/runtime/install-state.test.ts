import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'
import { drainState } from '../../../core/src/collect/drain.ts'
import { instrument } from '../../src/instrument/instrument.ts'
import { GLOBAL } from '../../src/runtime/constants.ts'
import { type FileState, installState, type RuntimeState, stateOf } from '../../src/runtime/state.ts'

const options = { file: 'a.js', calls: true, live: true, carryTable: true }
const CODE = instrument('function f() {}\nf()\n', options)?.code ?? ''

/** What a state has, as far as two may be compared that are of different realms. */
function shapeOf(state: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [name, kindOf(value)]))
}

function kindOf(value: unknown): unknown {
  if (typeof value === 'function') return /^[A-Z]/.test(value.name) ? value.name : `takes ${value.length}`
  if (typeof value !== 'object' || value === null) return typeof value
  const prototype = Object.getPrototypeOf(value)
  const length = 'length' in value ? value.length : ''
  return prototype === null ? 'no prototype' : `${prototype.constructor.name} ${length}`
}

test('a state made from outside is like one that the code makes, and the code uses it', () => {
  const [given, own] = [createContext({}), createContext({})]
  const state = installState(given)
  const { Counters, ...before }: Record<string, unknown> = shapeOf(state)
  for (const context of [given, own]) runInContext(CODE, context)
  expect(stateOf(given)).toBe(state)
  const made = stateOf(own) as RuntimeState
  expect(shapeOf(made)).toEqual(before)
  expect(before).toMatchObject({
    at: 'Int32Array 32',
    edges: 'Array 1',
    files: 'no prototype',
    add: 'takes 3',
  })
  const descriptor = ({ configurable, enumerable, writable }: PropertyDescriptor = {}) => [
    configurable,
    enumerable,
    writable,
  ]
  const [ofGiven, ofOwn] = [given, own].map((realm) =>
    descriptor(Object.getOwnPropertyDescriptor(realm, GLOBAL)),
  )
  expect(ofOwn).toEqual(ofGiven)
  expect(ofOwn).toEqual([true, false, true])
  const sources = drainState(state)?.sources
  expect(sources?.map(({ path, counts }) => [path, [...counts]])).toEqual([['a.js', [1, 1]]])
  expect([Counters, state.made]).toEqual(['Counters', 1])
})

test('files have their counters side by side, and each its own', () => {
  const state = installState(createContext({}))
  const counters = (length: number): Float64Array =>
    new (state.Counters as NonNullable<typeof state.Counters>)(length)
  const all = [3, 0, 4, 4000, 100, 10_000, 5].map(counters)
  expect(all.map(({ length }) => length)).toEqual([3, 0, 4, 4000, 100, 10_000, 5])
  expect(all.map(({ byteOffset }) => byteOffset / 8)).toEqual([0, 3, 3, 7, 0, 0, 0])
  expect(new Set(all.map(({ buffer }) => buffer)).size).toBe(4)
  for (const [number, one] of all.entries()) one.fill(number + 1)
  for (const [number, one] of all.entries()) expect(one.every((count) => count === number + 1)).toBe(true)
})

/** Every field of a file's state, with its kind for two functions and two counters. */
const FIELDS: Readonly<Record<keyof FileState, string>> = {
  path: 'string',
  counts: 'Float64Array 2',
  table: 'string',
  live: 'Object ',
  base: 'number',
  entries: 'Array 2',
  last: 'Int32Array 34',
  callers: 'Int32Array 64',
  calls: 'Float64Array 64',
}

test('what the code keeps for a file is what the collecting half reads', () => {
  const realm = createContext({})
  runInContext(CODE, realm)
  const [file] = Object.values(stateOf(realm)?.files ?? {})
  expect(shapeOf(file as FileState)).toEqual(FIELDS)
})
