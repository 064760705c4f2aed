import { CALLERS, EDGE, type FileState, type RuntimeState } from '@tstrace/instrument/runtime'
import type { Counted } from './counted.ts'

/**
 * Adds what was taken from a state to what has been counted there since, as if it had never been taken.
 *
 * @param counted what `drainState` gave for this state
 */
export function putBack(state: RuntimeState, { edges, sources }: Counted): void {
  const { add, edges: calls, files, resumed } = state
  for (const { counts, id } of sources) if (files[id]) addCounts(files[id], counts)
  if (!add || !calls || !resumed) return
  for (const edge of edges) {
    const { callerFunction, callerId, calleeFunction, calleeId } = edge
    const callee = numberOf(files[calleeId], calleeFunction)
    const key = callee * EDGE + (callerId === '' ? 0 : numberOf(files[callerId], callerFunction))
    if (edge.calls > 0) add(calls, key, edge.calls)
    if (edge.resumptions > 0) add(resumed, key, edge.resumptions)
  }
}

function addCounts({ calls, counts, entries, last }: FileState, more: Float64Array): void {
  for (let at = 0; at < more.length; at++) counts[at] = (counts[at] as number) + (more[at] as number)
  if (!calls || !entries || !last) return
  // Entries are calls of a function's last caller, but not these: their calls are put back as edges.
  for (let index = 0; index < entries.length; index++) {
    const ofLast = index * CALLERS + ((last[index] as number) & (CALLERS - 1))
    calls[ofLast] = (calls[ofLast] as number) - (more[entries[index] as number] as number)
  }
}

function numberOf(file: FileState | undefined, index: number): number {
  return (file?.base ?? 0) + index
}
