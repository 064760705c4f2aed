import type { FunctionReference } from '@tstrace/results'
import type { FunctionsData, PageEdge, PageFunction } from '../page-data.ts'
import type { PageMaterial } from './page-material.ts'

export function functionsData({ results, sources }: PageMaterial): FunctionsData {
  const functions: PageFunction[] = []
  const elsewhere: Record<number, string> = {}
  const places = new Map<string, number>()
  for (const [number, { hash, path }] of sources.entries()) {
    for (const { calls, line, name } of results.functions(path, hash)) {
      const key = keyOf({ path, name })
      // Calls make no difference between texts of one source: they lead to its first.
      if (!places.has(key)) places.set(key, functions.length)
      functions.push([number, name, line, calls])
    }
  }
  const placeOf = (reference: FunctionReference): number => {
    const key = keyOf(reference)
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, functions.length)
    elsewhere[functions.length] = reference.path
    return functions.push([-1, reference.name, 0, 0]) - 1
  }
  const edges = results
    .edges()
    .filter(({ calls, resumptions }) => calls + resumptions > 0)
    .map((edge): PageEdge => [placeOf(edge.caller), placeOf(edge.callee), edge.calls, edge.resumptions])
  return { functions, elsewhere, edges }
}

function keyOf({ name, path }: FunctionReference): string {
  return `${path}\0${name}`
}
