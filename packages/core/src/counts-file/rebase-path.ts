import { posix } from 'node:path'
import { CoverageResults } from '../results/coverage-results.ts'
import { eventLoop } from '../results/results-data.ts'

/**
 * Gives paths that start at one folder as they are from another one.
 *
 * @param from the folder that they start at, relative to the top of the repository; '' for the top
 * @param to the other one
 */
export function rebasePath(path: string, from: string, to: string): string {
  return from === to ? path : posix.relative(`/${UP}/${to}`, posix.join(`/${UP}/${from}`, path))
}

/** Results with all paths as they are from another folder. Parameters as for `rebasePath`. */
export function rebaseResults(results: CoverageResults, from: string, to: string): CoverageResults {
  if (from === to) return results
  const moved = <Place extends { readonly path: string }>(place: Place): Place =>
    place.path === eventLoop.path ? place : { ...place, path: rebasePath(place.path, from, to) }
  return new CoverageResults({
    sources: results.sources().map(moved),
    edges: results.edges().map((edge) => ({
      ...edge,
      caller: moved(edge.caller),
      callee: moved(edge.callee),
    })),
  })
}

/** Room above the top for paths that lead out of the repository. */
const UP = `${'u/'.repeat(64)}u`
