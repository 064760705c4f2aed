import type { ComparedCallsData, ComparedEdge } from '../comparison-data.ts'
import type { FunctionPlace } from './compared-source.ts'
import { type ComparisonMaterial, SIDES } from './comparison-material.ts'

/** Who calls whom, and which of the functions that is. */
export interface ComparedCalls {
  readonly data: ComparedCallsData
  readonly placeOf: FunctionPlace
}

type ListedFunction = ComparedCallsData['functions'][number]

export function comparedCalls({ comparison, sources }: ComparisonMaterial): ComparedCalls {
  const { changedEdges, edges, names } = comparison
  const known = new Map<string, ListedFunction>()
  for (const [place, source] of sources.entries())
    for (const side of SIDES)
      for (const { line, name } of source[side]?.functions ?? []) {
        const path = source[side]?.path ?? ''
        const isAfter = side === 'after'
        known.set(names.keyOf({ path, name }, side), [place, path, name, isAfter ? line : -line])
      }
  const functions: ListedFunction[] = []
  const places = new Map<string, number>()
  const placeOf = (key: string, { name, path }: { readonly name: string; readonly path: string }): number => {
    const place = places.get(key) ?? functions.length
    if (place === functions.length) functions.push(known.get(key) ?? [-1, path, name, 0])
    places.set(key, place)
    return place
  }
  const numbers = new Map(edges.map((edge, number) => [edge, number]))
  return {
    data: {
      edges: edges.map(
        ({ callee, calleeKey, caller, callerKey, calls, resumptions }): ComparedEdge => [
          placeOf(callerKey, caller),
          placeOf(calleeKey, callee),
          ...calls,
          ...resumptions,
        ],
      ),
      functions,
      changed: changedEdges.map((edge) => numbers.get(edge) as number),
    },
    placeOf: (text, index, side) =>
      places.get(names.keyOf({ path: text.path, name: text.functions[index]?.name ?? '' }, side)) ?? -1,
  }
}
