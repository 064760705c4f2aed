import { EDGE } from '@tstrace/instrument/runtime'
import type { NumberedPair } from './context-sums.ts'
import type { CountedEdge } from './counted.ts'
import { valueAt } from './value-at.ts'

/** By `callee's function * EDGE + caller's function`. */
interface SumsOfSources {
  readonly calls: Map<number, number>
  readonly resumptions: Map<number, number>
}

/** Pairs of caller and callee in one run. A million of them takes 700 MB until it is reported. */
const MOST_DIFFERENT = 2 ** 22

export const TOO_MANY_CALLS: string =
  `More than ${MOST_DIFFERENT} different pairs of caller and callee do not fit into memory: the calls of all that came afterwards ` +
  'are missing from the counts. Trace fewer files, or parts of the run one after the other.'

/** How often functions called each other, as numbers only. */
export class EdgeSums {
  /** By the callee's source, then by the caller's. */
  readonly #sums = new Map<string, Map<string, SumsOfSources>>()
  /** Pairs of caller and callee. */
  #different = 0

  /** @returns whether there was room for it */
  add(edge: CountedEdge): boolean {
    const { calleeId, callerId, calls, resumptions } = edge
    const callers = valueAt(this.#sums, calleeId, () => new Map<string, SumsOfSources>())
    const sums = valueAt(callers, callerId, () => ({ calls: new Map(), resumptions: new Map() }))
    const key = keyOf(edge)
    const known = sums.calls.get(key)
    if (known === undefined && this.#different >= MOST_DIFFERENT) return false
    if (known === undefined) this.#different++
    sums.calls.set(key, (known ?? 0) + calls)
    if (resumptions > 0) sums.resumptions.set(key, (sums.resumptions.get(key) ?? 0) + resumptions)
    return true
  }

  /** Undoes `add`. A pair of which nothing is left is gone. */
  takeAway(edge: CountedEdge): void {
    const callers = this.#sums.get(edge.calleeId)
    const sums = callers?.get(edge.callerId)
    const key = keyOf(edge)
    const known = sums?.calls.get(key)
    // There may have been no room for it.
    if (!callers || !sums || known === undefined) return
    const calls = known - edge.calls
    const resumptions = (sums.resumptions.get(key) ?? 0) - edge.resumptions
    sums.calls.set(key, calls)
    sums.resumptions.set(key, resumptions)
    if (resumptions === 0) sums.resumptions.delete(key)
    if (calls + resumptions > 0) return
    sums.calls.delete(key)
    this.#different--
    if (sums.calls.size === 0) callers.delete(edge.callerId)
    if (callers.size === 0) this.#sums.delete(edge.calleeId)
  }

  clear(): void {
    this.#sums.clear()
    this.#different = 0
  }

  *all(): Generator<CountedEdge> {
    for (const [calleeId, callers] of this.#sums)
      for (const [callerId, sums] of callers)
        for (const [key, calls] of sums.calls) {
          const resumptions = sums.resumptions.get(key) ?? 0
          const functions = { calleeFunction: Math.floor(key / EDGE), callerFunction: key % EDGE }
          yield { calleeId, callerId, ...functions, calls, resumptions }
        }
  }

  /** Who calls a function. */
  callersOf([calleeId, calleeFunction]: readonly [id: string, index: number]): [id: string, index: number][] {
    return [...(this.#sums.get(calleeId) ?? [])].flatMap(([callerId, { calls }]) =>
      [...calls.keys()]
        .filter((key) => Math.floor(key / EDGE) === calleeFunction)
        .map((key): [string, number] => [callerId, key % EDGE]),
    )
  }
}

function keyOf({ calleeFunction, callerFunction }: NumberedPair): number {
  return calleeFunction * EDGE + callerFunction
}
