import type { EdgePair } from './changed-calls.ts'

/** A function of which something differs. */
export interface ChangedFunction {
  /** As in the keys of edges. */
  readonly key: string
  readonly calls: readonly [before: number, after: number]
}

/**
 * In which order functions are to be read in which something differs: those first that were called as often and ran
 * otherwise, or that nobody called otherwise who differs himself; then whom they called, and so on.
 *
 * @param edges of both recordings
 * @returns the place of each in that order, by its key: numbers of which the first that differs decides
 */
export function callOrder(
  changed: readonly ChangedFunction[],
  edges: readonly EdgePair[],
): ReadonlyMap<string, readonly number[]> {
  const callees = calleesByCaller(edges)
  const known = new Map(changed.map((one) => [one.key, one]))
  const called = new Set(
    changed.flatMap(({ key }) => [...(callees.get(key) ?? [])].filter((callee) => callee !== key)),
  )
  const starts = changed.filter(({ calls: [before, after], key }) => before === after || !called.has(key))
  const distances = distancesFrom(
    starts.map(({ key }) => key),
    (key) => [...(callees.get(key) ?? [])].filter((callee) => known.has(callee)),
  )
  const depths = distancesFrom([''], (key) => callees.get(key) ?? [])
  const far = Number.MAX_SAFE_INTEGER
  return new Map(
    changed.map(({ calls: [before, after], key }) => {
      // Who was called otherwise by nobody that is known, as by a timer, has a reason that lies elsewhere.
      const isCalledAlike = before === after ? 0 : 1
      return [key, [distances.get(key) ?? far, isCalledAlike, depths.get(key) ?? far]]
    }),
  )
}

function calleesByCaller(edges: readonly EdgePair[]): Map<string, Set<string>> {
  const callees = new Map<string, Set<string>>()
  for (const { calleeKey, callerKey } of edges) {
    const known = callees.get(callerKey)
    if (known) known.add(calleeKey)
    else callees.set(callerKey, new Set([calleeKey]))
  }
  return callees
}

function distancesFrom(
  starts: readonly string[],
  nextTo: (key: string) => Iterable<string>,
): Map<string, number> {
  const distances = new Map(starts.map((key) => [key, 0]))
  // What is added while it is gone through comes at its end.
  for (const [key, distance] of distances)
    for (const next of nextTo(key)) if (!distances.has(next)) distances.set(next, distance + 1)
  return distances
}
