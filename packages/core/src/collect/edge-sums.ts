import { EDGE } from '@tstrace/instrument/runtime'
import type { CountedEdge } from './counted.ts'
import { type FrameEdges, ROW } from './frame-edges.ts'
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

/** The number of an edge for which there was no room. */
const NO_ROOM = -1

type Calls = Pick<CountedEdge, 'calls' | 'resumptions'>

/**
 * How often functions called each other, as numbers in arrays: maps of them are what a large run would have most of. Each edge has
 * a number, which it keeps until all are forgotten.
 */
export class EdgeSums {
  readonly #ids: string[] = []
  readonly #numbers = new Map<string, number>()
  /** Of each edge the callee's source and function, then the caller's. */
  #functions = new Int32Array(FEW * FUNCTIONS)
  /** Of each edge its calls and its resumptions. */
  #counts = new Float64Array(FEW * 2)
  /** Where edges are found by their functions: one more than their numbers, 0 for none. There are twice as many as edges. */
  #slots = new Uint32Array(FEW * 2)
  #edges = 0
  /** Those that are not gone. */
  #different = 0
  /** Numbers of edges by `callee's source * EDGE + callee's function`, while none is added or taken away. */
  #byCallee: Map<number, number[]> | undefined
  /** The functions that are looked for, in the order of `#functions`. */
  readonly #wanted = new Int32Array(FUNCTIONS)

  /** @returns of each row the number of its edge, which is negative where there was no room for it */
  add({ ids, rows }: FrameEdges): Int32Array {
    const sources = [this.#numberOf(''), ...ids.map((id) => this.#numberOf(id))]
    const numbers = new Int32Array(rows.length / ROW)
    const wanted = this.#wanted
    for (let row = 0, at = 0; row < numbers.length; row++, at += ROW) {
      wanted[0] = sources[rows[at + 2] as number] as number
      wanted[1] = rows[at + 3] as number
      wanted[2] = sources[rows[at] as number] as number
      wanted[3] = rows[at + 1] as number
      numbers[row] = this.#add(rows[at + 4] as number, rows[at + 5] as number)
    }
    return numbers
  }

  /** Adds to what is wanted. */
  #add(calls: number, resumptions: number): number {
    const slot = this.#slotOf(this.#wanted, 0)
    const known = this.#slots[slot] as number
    const isThere = known > 0 && this.#counts[(known - 1) * 2] !== GONE
    if (!isThere && this.#different >= MOST_DIFFERENT) return NO_ROOM
    const edge = known > 0 ? known - 1 : this.#append(slot)
    const before = isThere ? (this.#counts[edge * 2] as number) : 0
    this.#counts[edge * 2] = before + calls
    this.#counts[edge * 2 + 1] = (this.#counts[edge * 2 + 1] as number) + resumptions
    if (!isThere) {
      this.#different++
      this.#byCallee = undefined
    }
    return edge
  }

  /** Undoes `add`. An edge of which nothing is left is gone. */
  takeAway(edge: number, less: Calls): void {
    const calls = (this.#counts[edge * 2] as number) - less.calls
    const resumptions = (this.#counts[edge * 2 + 1] as number) - less.resumptions
    const isLeft = calls + resumptions > 0
    this.#counts[edge * 2] = isLeft ? calls : GONE
    this.#counts[edge * 2 + 1] = isLeft ? resumptions : 0
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

  *all(): Generator<CountedEdge & { readonly edge: number }> {
    for (let edge = 0; edge < this.#edges; edge++) {
      const calls = this.#counts[edge * 2] as number
      if (calls === GONE) continue
      const resumptions = this.#counts[edge * 2 + 1] as number
      const [calleeId, calleeFunction] = this.#functionAt(edge * FUNCTIONS)
      const [callerId, callerFunction] = this.#functionAt(edge * FUNCTIONS + 2)
      yield { edge, calleeId, calleeFunction, callerId, callerFunction, calls, resumptions }
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

  /** Where the edge of four functions from a place on is in `#slots`, or would be. */
  #slotOf(wanted: Int32Array, from: number): number {
    const [callee, calleeFunction] = [wanted[from] as number, wanted[from + 1] as number]
    const [caller, callerFunction] = [wanted[from + 2] as number, wanted[from + 3] as number]
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

  /** Gives what is wanted a number. */
  #append(slot: number): number {
    const edge = this.#edges++
    this.#functions.set(this.#wanted, edge * FUNCTIONS)
    this.#counts[edge * 2 + 1] = 0
    this.#slots[slot] = edge + 1
    if (this.#edges * FUNCTIONS === this.#functions.length) this.#grow()
    return edge
  }

  #grow(): void {
    const [counts, functions] = [this.#counts, this.#functions]
    this.#functions = new Int32Array(functions.length * 2)
    this.#functions.set(functions)
    this.#counts = new Float64Array(counts.length * 2)
    this.#counts.set(counts)
    this.#slots = new Uint32Array(this.#slots.length * 2)
    for (let edge = 0; edge < this.#edges; edge++)
      this.#slots[this.#slotOf(functions, edge * FUNCTIONS)] = edge + 1
  }
}

/** Another number for another one in nearly all cases. */
function mixed(hash: number, number: number): number {
  const product = Math.imul(hash ^ number, 0x9e3779b1)
  return product ^ (product >>> 15)
}
