import type { SourceCounts } from '@tstrace/results'
import type { Target } from '../recording/target.ts'

/** The lines of a source that are of a target. */
export function linesOf(target: Target, sites: SourceCounts['sites']): [from: number, to: number] {
  if (target.kind === 'lines') return [target.from, target.to]
  if (target.kind !== 'function') return [0, Number.POSITIVE_INFINITY]
  const site = sites.functions.find(({ name }) => name === target.name)
  return site ? [site.line, site.end.line] : [0, -1]
}
