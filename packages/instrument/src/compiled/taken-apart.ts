import { comesAfter } from './is-around.ts'
import type { Origin, Site } from './origins.ts'

export interface OpenSites<Kind extends Site> {
  /** In the order of the source. */
  readonly sources: readonly Kind[]
  /** Sites of the compiled text that may be open. */
  readonly left: readonly Kind[]
  readonly origins: ReadonlyMap<Kind, Origin>
}

/** A statement that a compiler has taken apart is mapped to nothing itself; its first word says in which one it stood. */
export function findTakenApart<Kind extends Site>(
  { left, origins, sources }: OpenSites<Kind>,
  found: Map<Kind, Kind>,
): void {
  if (sources.every((site) => site.rule !== 'statement' || found.has(site))) return
  const used = new Set(found.values())
  for (const site of left) {
    const near = origins.get(site)?.near
    if (!near || site.rule !== 'statement' || used.has(site)) continue
    const first = { line: near.line + 1, column: near.column }
    const around = sources.findLast((one) => !comesAfter(one, first))
    if (around?.rule === 'statement' && !found.has(around)) found.set(around, site)
  }
}
