import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CountedEdge } from '../../src/collect/counted.ts'
import { EdgeSums } from '../../src/collect/edge-sums.ts'

const id = fc.constantFrom('', 'a', 'b', 'c')
const number = fc.nat(60)

const arbitraryEdge: fc.Arbitrary<CountedEdge> = fc.record({
  calleeId: id,
  calleeFunction: number,
  callerId: id,
  callerFunction: number,
  calls: fc.nat(3),
  resumptions: fc.nat(1),
})

function keyOf({ calleeFunction, calleeId, callerFunction, callerId }: CountedEdge): string {
  return [calleeId, calleeFunction, callerId, callerFunction].join(' ')
}

/** Those of a map and those of the sums, in one order. */
function sorted(edges: Iterable<CountedEdge>): CountedEdge[] {
  return [...edges].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

test('edges are added up and taken away as in a map, however many there are', () => {
  const step = fc.record({ edge: arbitraryEdge, isTaken: fc.boolean() })
  const same = fc.property(fc.array(step, { minLength: 0, maxLength: 4000, size: 'max' }), (steps) => {
    const sums = new EdgeSums()
    const model = new Map<string, CountedEdge>()
    for (const { edge, isTaken } of steps) {
      const known = model.get(keyOf(edge))
      // Only what was added is taken away.
      if (isTaken && known) {
        sums.takeAway(known)
        model.delete(keyOf(edge))
        continue
      }
      expect(sums.add(edge)).toBe(true)
      const calls = edge.calls + (known?.calls ?? 0)
      const resumptions = edge.resumptions + (known?.resumptions ?? 0)
      model.set(keyOf(edge), { ...edge, calls, resumptions })
    }
    expect(sorted(sums.all())).toEqual(sorted(model.values()))
    for (const calleeId of ['a', 'd'])
      for (const calleeFunction of [0, 1, 59]) {
        const callers = [...model.values()].filter(
          (edge) => edge.calleeId === calleeId && edge.calleeFunction === calleeFunction,
        )
        expect(sums.callersOf([calleeId, calleeFunction]).sort()).toEqual(
          callers.map(({ callerFunction, callerId }) => [callerId, callerFunction]).sort(),
        )
      }
    sums.clear()
    expect([...sums.all()]).toEqual([])
  })
  fc.assert(same, { numRuns: 20 })
})
