import { posix } from 'node:path'
import { contextKey, movedContext } from '../results/context.ts'
import { ContextCounts } from '../results/context-counts.ts'
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

/** The same for many paths, of which there are many records: most only get the way from one folder to the other in front. */
export function rebasing(from: string, to: string): (path: string) => string {
  if (from === to) return (path) => path
  const back = rebasePath('', from, to)
  const [first] = rebasePath('', to, from).split('/')
  const others = new Map<string, string>()
  return (path) => {
    const [folder] = path.split('/', 1)
    if (folder !== '' && folder !== '..' && folder !== first) return `${back}/${path}`
    const place = others.get(path) ?? rebasePath(path, from, to)
    others.set(path, place)
    return place
  }
}

/** Results with all paths as they are from another folder. Parameters as for `rebasePath`. */
export function rebaseResults(results: CoverageResults, from: string, to: string): CoverageResults {
  if (from === to) return results
  const rebase = rebasing(from, to)
  const moved = <Place extends { readonly path: string }>(place: Place): Place =>
    place.path === eventLoop.path ? place : { ...place, path: rebase(place.path) }
  const rebased = new CoverageResults()
  const keys = new Map(
    results.contexts().map((context) => {
      const other = movedContext(context, rebase)
      return [contextKey(context), rebased.recorded.note(other)]
    }),
  )
  // Copied when somebody asks for it: mostly few are asked for.
  const lists = new Map<readonly string[], readonly string[]>()
  const copied = (counts: ContextCounts): ContextCounts => {
    const kept = counts.kept()
    const list = lists.get(kept.keys) ?? kept.keys.map((key) => keys.get(key) as string)
    lists.set(kept.keys, list)
    return new ContextCounts(kept.renamed(list))
  }
  for (const source of results.sources()) {
    const entry = rebased.addSource(moved(source))
    if (results.recorded.hasSource(source))
      rebased.recorded.addSourceLater(entry, () => copied(results.recorded.ofSource(source) as ContextCounts))
  }
  for (const edge of results.edges())
    rebased.addEdge({ ...edge, caller: moved(edge.caller), callee: moved(edge.callee) })
  for (const { counts, pairs } of results.recorded.edges()) {
    const others = pairs.map((pair) => pair && { caller: moved(pair.caller), callee: moved(pair.callee) })
    const path = others[0]?.callee.path
    if (path !== undefined)
      rebased.recorded.addEdgesLater(path, () => ({ counts: copied(counts), pairs: others }))
  }
  return rebased
}

/** Room above the top for paths that lead out of the repository. */
const UP = `${'u/'.repeat(64)}u`
