import type { CoverageResults } from '@tstrace/results'
import type { Lines } from '@tstrace/results/internal'
import type { FolderTarget, Target } from '../recording/target.ts'

/** The lines of its source that a target has; those of a file are all there can be. */
export function linesAsked(results: CoverageResults, target: Exclude<Target, FolderTarget>): Lines {
  if (target.kind === 'lines') return target
  if (target.kind === 'file') return { from: 1, to: Number.POSITIVE_INFINITY }
  const { hash, line, name, path } = target
  const ends = results
    .sources()
    .filter((source) => source.path === path && source.hash === hash)
    .flatMap(({ sites }) => sites.functions.filter((site) => site.name === name))
    .map(({ end }) => end.line)
  return { from: line, to: Math.max(line, ...ends) }
}
