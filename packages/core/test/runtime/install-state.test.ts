import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'
import { drainState } from '../../src/collect/drain.ts'
import { instrument } from '../../src/instrument/instrument.ts'
import { installState, stateOf } from '../../src/runtime/state.ts'

const CODE = instrument('function f() {}\nf()\n', { file: 'a.js', calls: true })?.code ?? ''

test('a state made from outside is like one that the code makes, and the code uses it', () => {
  const [given, own] = [createContext({}), createContext({})]
  const state = installState(given)
  for (const context of [given, own]) runInContext(CODE, context)
  expect(stateOf(given)).toBe(state)
  expect(Object.keys(stateOf(own) ?? {}).sort()).toEqual(Object.keys(state).sort())
  expect(stateOf(own)?.at.length).toBe(state.at.length)
  expect(Object.keys(given)).not.toContain('__tstrace__')
  const sources = drainState(state)?.sources
  expect(sources?.map(({ path, counts }) => [path, [...counts]])).toEqual([['a.js', [1, 1]]])
})
