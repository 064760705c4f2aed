import { type CallEdge, eventLoop, type FunctionReference } from '@tstrace/results'
import { printable } from '@tstrace/results/printable'
import type { FormatInput } from './format.ts'
import { reportedCalls } from './reported-calls.ts'

/** Who calls whom, small enough to be drawn. */
export interface CallGraph {
  /** What is drawn, and what is left out, in one line. */
  readonly title: string
  readonly nodes: readonly GraphNode[]
  /** Those with most calls first. */
  readonly edges: readonly GraphEdge[]
  /** How many there would be. */
  readonly all: number
}

export interface GraphNode {
  /** For one line; nothing in it acts on a terminal. */
  readonly label: string
  /** Whether it is what the others are around. */
  readonly isCenter: boolean
}

export interface GraphEdge {
  /** Places in `nodes`. */
  readonly from: number
  readonly to: number
  readonly calls: number
}

/** A call between two things that have names. */
interface Pair {
  readonly from: string
  readonly to: string
  readonly calls: number
}

/** So many edges can still be looked at. */
const MOST = 100

/**
 * The calls between sources, or those around a function on two levels: its callers and theirs, its callees and theirs.
 *
 * @param most how many edges are drawn at most
 */
export function callGraph(input: FormatInput, most: number = MOST): CallGraph {
  const { around } = input
  const calls = reportedCalls(input)
  const pairs = around ? pairsAround(calls, around) : pairsOfSources(calls, input)
  const center = around && labelOf(around)
  const shown = pairs.toSorted((a, b) => b.calls - a.calls).slice(0, most)
  const labels = [
    ...new Set([...(center === undefined ? [] : [center]), ...shown.flatMap(({ from, to }) => [from, to])]),
  ]
  const places = new Map(labels.map((label, place) => [label, place]))
  return {
    title: titleOf(pairs, shown.length, center),
    nodes: labels.map((label) => ({ label, isCenter: label === center })),
    edges: shown.map(({ calls, from, to }) => ({
      from: places.get(from) as number,
      to: places.get(to) as number,
      calls,
    })),
    all: pairs.length,
  }
}

function titleOf(pairs: readonly Pair[], shown: number, center: string | undefined): string {
  const what = center === undefined ? 'Calls between sources' : `Calls around ${center}`
  if (shown === pairs.length) return what
  const left = pairs.toSorted((a, b) => b.calls - a.calls).slice(shown)
  const [all, calls] = [pairs, left].map((some) => some.reduce((sum, pair) => sum + pair.calls, 0))
  return `${what}: the ${shown} arrows with most calls. ${left.length} more, with ${calls} of ${all} calls, are left out`
}

/** Without those inside of a source, and without tests. */
function pairsOfSources(calls: readonly CallEdge[], { keep }: FormatInput): Pair[] {
  return summed(
    calls
      .filter(
        ({ callee, caller }) =>
          caller.path !== callee.path && caller.path !== eventLoop.path && keep(caller.path),
      )
      .map((edge) => ({
        from: printable(edge.caller.path),
        to: printable(edge.callee.path),
        calls: edge.calls,
      })),
  )
}

function pairsAround(calls: readonly CallEdge[], center: FunctionReference): Pair[] {
  const isSame = (a: FunctionReference, b: FunctionReference): boolean =>
    a.path === b.path && a.name === b.name
  const into = calls.filter(({ callee }) => isSame(callee, center))
  const outOf = calls.filter(({ caller }) => isSame(caller, center))
  const callers = new Set(into.map(({ caller }) => labelOf(caller)))
  const callees = new Set(outOf.map(({ callee }) => labelOf(callee)))
  const near = calls.filter(
    ({ callee, caller }) =>
      isSame(callee, center) ||
      isSame(caller, center) ||
      callers.has(labelOf(callee)) ||
      callees.has(labelOf(caller)),
  )
  return summed(
    near.map((edge) => ({ from: labelOf(edge.caller), to: labelOf(edge.callee), calls: edge.calls })),
  )
}

function summed(pairs: readonly Pair[]): Pair[] {
  const sums = new Map<string, Pair>()
  for (const pair of pairs) {
    const key = `${pair.from}\0${pair.to}`
    sums.set(key, { ...pair, calls: pair.calls + (sums.get(key)?.calls ?? 0) })
  }
  return [...sums.values()]
}

function labelOf({ name, path }: FunctionReference): string {
  return printable(path === eventLoop.path ? name : `${path}: ${name}`)
}
