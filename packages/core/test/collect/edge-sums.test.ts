import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CountedEdge } from '../../src/collect/counted.ts'
import { EdgeSums } from '../../src/collect/edge-sums.ts'
import { rowsOf } from '../../src/collect/frame-edges.ts'

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

const IDS = ['a', 'b', 'c']

function added(sums: EdgeSums, edges: readonly CountedEdge[]): Int32Array {
  return sums.add({ ids: IDS, rows: rowsOf(edges, (id) => IDS.indexOf(id)) })
}

/** Those of a map and those of the sums, in one order. */
function sorted<Edge extends CountedEdge>(edges: Iterable<Edge>): Edge[] {
  return [...edges].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

test('edges are added up and taken away as in a map, however many there are', () => {
  const step = fc.record({ edge: arbitraryEdge, isTaken: fc.boolean() })
  const same = fc.property(fc.array(step, { minLength: 0, maxLength: 4000, size: 'max' }), (steps) => {
    const sums = new EdgeSums()
    const model = new Map<string, CountedEdge & { readonly edge: number }>()
    for (const { edge, isTaken } of steps) {
      const known = model.get(keyOf(edge))
      // Only what was added is taken away.
      if (isTaken && known) {
        sums.takeAway(known.edge, known)
        model.delete(keyOf(edge))
        continue
      }
      const [number = -1] = added(sums, [edge])
      expect(number).toBe(known?.edge ?? number)
      const calls = edge.calls + (known?.calls ?? 0)
      const resumptions = edge.resumptions + (known?.resumptions ?? 0)
      model.set(keyOf(edge), { ...edge, calls, resumptions, edge: number })
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
