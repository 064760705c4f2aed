import type { Context } from '@tstrace/results'
import type { ComparedContextsData, ComparedTestsData, Pair } from '../../comparison-data.ts'
import { distanceOf } from './difference.ts'

/** What ran a line that differs, and how often in either recording. */
export interface RanIn {
  readonly context: Context
  readonly counts: Pair<number>
}

/**
 * What ran a line, what differs most first.
 *
 * @param place of the line among the differences of its source
 */
export function ranIn(
  { counts, ran }: ComparedTestsData,
  contexts: ComparedContextsData,
  place: number,
): RanIn[] {
  const found = ran.flatMap(([distances, before, after]) => {
    const own: Pair<number> = [counts[before]?.[place] ?? 0, counts[after]?.[place] ?? 0]
    if (Math.max(...own) === 0) return []
    let number = 0
    return distances.map((distance) => {
      number += distance
      return { number, context: contexts[number] as Context, counts: own }
    })
  })
  return found.sort(
    (a, b) =>
      distanceOf(b.counts) - distanceOf(a.counts) ||
      Math.max(...b.counts) - Math.max(...a.counts) ||
      a.number - b.number,
  )
}
