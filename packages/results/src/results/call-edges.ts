import { codePointOrder } from './code-point-order.ts'
import type { CallEdge, FunctionReference } from './results-data.ts'
import { inexact, isEventLoop, refuseUnsoundFunctions } from './sound-counts.ts'

/** Calls between functions, one object for each pair. A function is one object however many pairs it is in. */
export class CallEdges {
  /** By path and name. */
  readonly #functions = new Map<string, Map<string, FunctionReference>>()
  /** By caller and callee. */
  readonly #edges = new Map<FunctionReference, Map<FunctionReference, CallEdge>>()
  /** As long as none is added: a report asks for them many times. */
  #sorted: readonly CallEdge[] | undefined

  get(caller: FunctionReference, callee: FunctionReference): CallEdge | undefined {
    const [from, to] = [this.#find(caller), this.#find(callee)]
    return from && to && this.#edges.get(from)?.get(to)
  }

  /**
   * Adds calls to those between the same functions.
   *
   * @throws TstraceError what `CoverageResults.addEdge` throws
   */
  add(more: CallEdge): void {
    const { callee, caller } = more
    const [from, to] = [this.#find(caller), this.#find(callee)]
    // The event loop is known as a caller only.
    if (!from || !to || isEventLoop(to)) refuseUnsoundFunctions({ caller, callee })
    const known = from && to && this.#edges.get(from)?.get(to)
    const calls = sumOf(more.calls, known?.calls, callee)
    const resumptions = sumOf(more.resumptions, known?.resumptions, callee)
    const edge = { caller: from ?? this.#own(caller), callee: to ?? this.#own(callee), calls, resumptions }
    const ofCaller = this.#edges.get(edge.caller)
    if (ofCaller) ofCaller.set(edge.callee, edge)
    else this.#edges.set(edge.caller, new Map([[edge.callee, edge]]))
    this.#sorted = undefined
  }

  /** Of all functions, each once. */
  paths(): Iterable<string> {
    return this.#functions.keys()
  }

  /** In no particular order. */
  *[Symbol.iterator](): Generator<CallEdge, void> {
    for (const ofCaller of this.#edges.values()) yield* ofCaller.values()
  }

  /** By caller path, caller name, callee path and callee name, in code-point order. */
  sorted(): readonly CallEdge[] {
    this.#sorted ??= this.#inOrder()
    return this.#sorted
  }

  #inOrder(): CallEdge[] {
    const functions = [...this.#functions]
      .sort(([a], [b]) => codePointOrder(a, b))
      .flatMap(([, names]) => inOrder(names))
    const places = new Map(functions.map((reference, place) => [reference, place]))
    const edges: CallEdge[] = []
    for (const caller of functions) {
      const ofCaller = this.#edges.get(caller)
      if (!ofCaller) continue
      // Numbers are sorted much faster than anything that has to be asked for its place.
      const callees = Float64Array.from(ofCaller.keys(), (callee) => places.get(callee) as number).sort()
      for (const place of callees) edges.push(ofCaller.get(functions[place] as FunctionReference) as CallEdge)
    }
    return edges
  }

  #find({ name, path }: FunctionReference): FunctionReference | undefined {
    return this.#functions.get(path)?.get(name)
  }

  #own(reference: FunctionReference): FunctionReference {
    const known = this.#find(reference)
    if (known) return known
    const own = Object.freeze({ path: reference.path, name: reference.name })
    const names = this.#functions.get(own.path)
    if (names) names.set(own.name, own)
    else this.#functions.set(own.path, new Map([[own.name, own]]))
    return own
  }
}

function sumOf(more: number, known: number | undefined, callee: FunctionReference): number {
  const sum = more + (known ?? 0)
  if (Number.isSafeInteger(sum) && sum >= 0) return sum
  throw inexact(`${callee.name} in ${callee.path}`, sum)
}

function inOrder(names: ReadonlyMap<string, FunctionReference>): FunctionReference[] {
  return [...names.values()].sort((a, b) => codePointOrder(a.name, b.name))
}
