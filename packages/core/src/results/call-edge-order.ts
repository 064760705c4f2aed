import { codePointOrder } from './code-point-order.ts'
import type { CallEdge, FunctionReference } from './results-data.ts'

/** The same text for the same pair of functions, another for another, whatever characters their names hold. */
export function callEdgeKey(caller: FunctionReference, callee: FunctionReference): string {
  return JSON.stringify([caller.path, caller.name, callee.path, callee.name])
}

/** Compares two edges by caller path, caller name, callee path and callee name, in code-point order. */
export function compareEdges(a: CallEdge, b: CallEdge): number {
  return compareFunctions(a.caller, b.caller) || compareFunctions(a.callee, b.callee)
}

function compareFunctions(a: FunctionReference, b: FunctionReference): number {
  return codePointOrder(a.path, b.path) || codePointOrder(a.name, b.name)
}
