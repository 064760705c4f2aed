import { EDGE } from '@tstrace/instrument/runtime'
import type { NumberedPair } from './context-sums.ts'
import type { CountedEdge } from './counted.ts'
import { valueAt } from './value-at.ts'

/** Pairs of caller and callee in one run. A million of them takes 60 MB here, and 200 more when it is reported. */
const MOST_DIFFERENT = 2 ** 22

export const TOO_MANY_CALLS: string =
  `More than ${MOST_DIFFERENT} different pairs of caller and callee do not fit into memory: the calls of all that came afterwards ` +
  'are missing from the counts. Trace fewer files, or parts of the run one after the other.'

/** What is kept of an edge in `#functions`: numbers of two sources, and of a function in each. */
const FUNCTIONS = 4

/** Edges that there is room for at first. */
const FEW = 2 ** 10

/** The calls of an edge of which nothing is left. */
const GONE = -1

/** How often functions called each other, as numbers in arrays: maps of them are what a large run would have most of. */
export class EdgeSums {
  readonly #ids: string[] = []
  readonly #numbers = new Map<string, number>()
  /** Of each edge the callee's source and function, then the caller's. */
  #functions = new Int32Array(FEW * FUNCTIONS)
  /** Of each edge its calls and its resumptions. */
  #counts = new Float64Array(FEW * 2)
  /** Where edges are found by their functions: one more than their places, 0 for none. There are twice as many as edges. */
  #slots = new Uint32Array(FEW * 2)
  #edges = 0
  /** Those that are not gone. */
  #different = 0
  /** Places of edges by `callee's source * EDGE + callee's function`, while none is added or taken away. */
  #byCallee: Map<number, number[]> | undefined

  /** @returns whether there was room for it */
  add(edge: CountedEdge): boolean {
    const { calls, resumptions } = edge
    const slot = this.#slotOf(edge)
    const known = this.#slots[slot] as number
    const isThere = known > 0 && this.#counts[(known - 1) * 2] !== GONE
    if (!isThere && this.#different >= MOST_DIFFERENT) return false
    const at = known > 0 ? known - 1 : this.#append(edge, slot)
    const before = isThere ? (this.#counts[at * 2] as number) : 0
    this.#counts[at * 2] = before + calls
    this.#counts[at * 2 + 1] = (this.#counts[at * 2 + 1] as number) + resumptions
    if (isThere) return true
    this.#different++
    this.#byCallee = undefined
    return true
  }

  /** Undoes `add`. A pair of which nothing is left is gone. */
  takeAway(edge: CountedEdge): void {
    const at = (this.#slots[this.#slotOf(edge)] as number) - 1
    // There may have been no room for it.
    if (at < 0 || this.#counts[at * 2] === GONE) return
    const calls = (this.#counts[at * 2] as number) - edge.calls
    const resumptions = (this.#counts[at * 2 + 1] as number) - edge.resumptions
    const isLeft = calls + resumptions > 0
    this.#counts[at * 2] = isLeft ? calls : GONE
    this.#counts[at * 2 + 1] = isLeft ? resumptions : 0
    if (isLeft) return
    this.#different--
    this.#byCallee = undefined
  }

  clear(): void {
    this.#ids.length = 0
    this.#numbers.clear()
    this.#slots.fill(0)
    this.#edges = 0
    this.#different = 0
    this.#byCallee = undefined
  }

  *all(): Generator<CountedEdge> {
    for (let at = 0; at < this.#edges; at++) {
      const calls = this.#counts[at * 2] as number
      if (calls === GONE) continue
      const resumptions = this.#counts[at * 2 + 1] as number
      const [calleeId, calleeFunction] = this.#functionAt(at * FUNCTIONS)
      const [callerId, callerFunction] = this.#functionAt(at * FUNCTIONS + 2)
      yield { calleeId, calleeFunction, callerId, callerFunction, calls, resumptions }
    }
  }

  /** Who calls a function. */
  callersOf([calleeId, calleeFunction]: readonly [id: string, index: number]): [id: string, index: number][] {
    const source = this.#numbers.get(calleeId)
    if (source === undefined) return []
    this.#byCallee ??= this.#numbered()
    const edges = this.#byCallee.get(source * EDGE + calleeFunction) ?? []
    return edges.map((at) => this.#functionAt(at * FUNCTIONS + 2))
  }

  #numbered(): Map<number, number[]> {
    const edges = new Map<number, number[]>()
    for (let at = 0; at < this.#edges; at++) {
      if (this.#counts[at * 2] === GONE) continue
      const callee = (this.#functions[at * FUNCTIONS] as number) * EDGE
      valueAt(edges, callee + (this.#functions[at * FUNCTIONS + 1] as number), () => []).push(at)
    }
    return edges
  }

  #functionAt(place: number): [id: string, index: number] {
    const source = this.#ids[this.#functions[place] as number] as string
    return [source, this.#functions[place + 1] as number]
  }

  #numberOf(id: string): number {
    return valueAt(this.#numbers, id, () => this.#ids.push(id) - 1)
  }

  /** Where an edge is in `#slots`, or would be. */
  #slotOf({ calleeFunction, calleeId, callerFunction, callerId }: NumberedPair): number {
    const callee = this.#numberOf(calleeId)
    const caller = this.#numberOf(callerId)
    const functions = this.#functions
    const last = this.#slots.length - 1
    let slot = mixed(mixed(mixed(callee, calleeFunction), caller), callerFunction) & last
    for (; this.#slots[slot]; slot = (slot + 1) & last) {
      const at = ((this.#slots[slot] as number) - 1) * FUNCTIONS
      const isCallee = functions[at] === callee && functions[at + 1] === calleeFunction
      if (isCallee && functions[at + 2] === caller && functions[at + 3] === callerFunction) return slot
    }
    return slot
  }

  /** @returns its place */
  #append(edge: NumberedPair, slot: number): number {
    const at = this.#edges++
    const { calleeFunction, calleeId, callerFunction, callerId } = edge
    const functions = [this.#numberOf(calleeId), calleeFunction, this.#numberOf(callerId), callerFunction]
    this.#functions.set(functions, at * FUNCTIONS)
    this.#counts[at * 2 + 1] = 0
    this.#slots[slot] = at + 1
    if (this.#edges * FUNCTIONS === this.#functions.length) this.#grow()
    return at
  }

  #grow(): void {
    const [counts, functions] = [this.#counts, this.#functions]
    this.#functions = new Int32Array(functions.length * 2)
    this.#functions.set(functions)
    this.#counts = new Float64Array(counts.length * 2)
    this.#counts.set(counts)
    this.#slots = new Uint32Array(this.#slots.length * 2)
    for (let at = 0; at < this.#edges; at++) {
      const [calleeId, calleeFunction] = this.#functionAt(at * FUNCTIONS)
      const [callerId, callerFunction] = this.#functionAt(at * FUNCTIONS + 2)
      this.#slots[this.#slotOf({ calleeId, calleeFunction, callerId, callerFunction })] = at + 1
    }
  }
}

/** Another number for another one in nearly all cases. */
function mixed(hash: number, number: number): number {
  const product = Math.imul(hash ^ number, 0x9e3779b1)
  return product ^ (product >>> 15)
}
