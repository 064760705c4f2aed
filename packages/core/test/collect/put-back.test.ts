import { runInNewContext } from 'node:vm'
import { instrument } from '@tstrace/instrument'
import { stateOf } from '@tstrace/instrument/runtime'
import { expect, test } from 'vitest'
import type { Counted } from '../../src/collect/counted.ts'
import { drainState } from '../../src/collect/drain.ts'
import { putBack } from '../../src/collect/put-back.ts'

/** More callers of one function than it remembers in place, a generator, and recursion. */
const SOURCE = `
function f(n) { if (n > 0) f(n - 1) }
function* g() { yield f(1); yield f(2) }
${Array.from({ length: 40 }, (_, n) => `function c${n}() { f(${n % 3}) }`).join('\n')}
globalThis.steps = [
  () => f(3),
  () => { for (const _ of g()) f(0) },
  ${Array.from({ length: 40 }, (_, n) => `c${n}`).join()},
  () => f(1),
]
`

function realmOf(calls: boolean) {
  const made = instrument(SOURCE, { file: 'a.js', calls })
  const realm = runInNewContext(`${made?.code}\nglobalThis`) as { steps: (() => void)[] }
  const state = stateOf(realm)
  if (!state) throw new Error('nothing was counted')
  return { state, steps: realm.steps }
}

function sorted({ edges, sources }: Counted = { edges: [], sources: [] }): unknown {
  return { sources, edges: edges.map((edge) => JSON.stringify(edge)).sort() }
}

test.each([true, false])('what is put back counts as if it had never been taken (calls: %s)', (calls) => {
  const plain = realmOf(calls)
  for (const step of plain.steps) step()
  const never = sorted(drainState(plain.state))
  // Taken after each step, and put back before the next one, or behind it.
  for (const isLate of [false, true]) {
    const { state, steps } = realmOf(calls)
    let taken: Counted | undefined
    for (const step of steps) {
      if (isLate) {
        step()
        if (taken) putBack(state, taken)
        taken = drainState(state)
      } else {
        taken = drainState(state)
        if (taken) putBack(state, taken)
        step()
      }
    }
    if (isLate && taken) putBack(state, taken)
    expect(sorted(drainState(state))).toEqual(never)
    expect(drainState(state)).toBeUndefined()
  }
})

test('a state in which a source has never run takes nothing of it', () => {
  const { state } = realmOf(true)
  drainState(state)
  putBack(state, { sources: [{ id: 'other', path: 'b.js', counts: Float64Array.of(1) }], edges: [] })
  expect(drainState(state)).toBeUndefined()
})
