import type { CountedEdge } from './counted.ts'
import type { Numbers } from './narrow-numbers.ts'

/** Calls as they lie in a frame. */
export interface FrameEdges {
  /** Those of the sources that rows speak of. */
  readonly ids: readonly string[]
  /**
   * One row after the other: the caller's source, which is 0 for the event loop and else one more than its place in `ids`, its
   * function, the callee's source and function, calls, resumptions.
   */
  readonly rows: Numbers
}

/** Numbers in a row. */
export const ROW = 6

// Taken when the worker half is loaded: tests replace globals.
const { Float64Array: Doubles } = globalThis

/**
 * The rows of some edges.
 *
 * @param placeOf the place of an id, or -1 for ''
 */
export function rowsOf(edges: readonly CountedEdge[], placeOf: (id: string) => number): Float64Array {
  const rows = new Doubles(edges.length * ROW)
  for (let edge = 0, at = 0; edge < edges.length; edge++) {
    const { calleeFunction, calleeId, callerFunction, callerId, calls, resumptions } = edges[
      edge
    ] as CountedEdge
    rows[at++] = placeOf(callerId) + 1
    rows[at++] = callerFunction
    rows[at++] = placeOf(calleeId) + 1
    rows[at++] = calleeFunction
    rows[at++] = calls
    rows[at++] = resumptions
  }
  return rows
}

/** Whether rows speak of no source but those that are there. */
export function isComplete({ ids, rows }: FrameEdges): boolean {
  for (let at = 0; at < rows.length; at += ROW)
    if ((rows[at] as number) > ids.length || (rows[at + 2] as number) > ids.length) return false
  return true
}

/** The edges of some rows. */
export function edgesOf({ ids, rows }: FrameEdges): CountedEdge[] {
  const idAt = (place: number | undefined): string => (place ? (ids[place - 1] as string) : '')
  return Array.from({ length: rows.length / ROW }, (_, edge): CountedEdge => {
    const [caller, callerFunction = 0, callee, calleeFunction = 0, calls = 0, resumptions = 0] =
      rows.subarray(edge * ROW, (edge + 1) * ROW)
    return {
      callerId: idAt(caller),
      callerFunction,
      calleeId: idAt(callee),
      calleeFunction,
      calls,
      resumptions,
    }
  })
}
