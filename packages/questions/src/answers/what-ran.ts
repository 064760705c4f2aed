import type { CoverageResults, SourceCounts } from '@tstrace/results'
import { isInFolder, type Target } from '../recording/target.ts'

/** How much of something ran. */
export interface Ran {
  /** Of a line its number, of a function its calls, of several lines the sum of their numbers. */
  readonly count: number
  /** How many of its executable lines ran. */
  readonly lines: number
}

/** Says by path whether a source is one that a target is in, or that is in it. */
export function isIn(target: Target): (path: string) => boolean {
  return (path) => (target.kind === 'folder' ? isInFolder(target.path, path) : path === target.path)
}

/** The sources that a target is in or that are in it, sorted by path. */
export function sourcesIn(results: CoverageResults, target: Target): readonly SourceCounts[] {
  const isAsked = isIn(target)
  return results
    .sources()
    .filter(({ hash, path }) => isAsked(path) && (target.kind === 'folder' || hash === target.hash))
}

/** How much of a target ran in all, and in each context, by its key. */
export function whatRan(
  results: CoverageResults,
  sources: readonly SourceCounts[],
  target: Target,
): { readonly total: Ran; readonly byContext: ReadonlyMap<string, Ran> } {
  let total: Ran = NOTHING
  const byContext = new Map<string, Ran>()
  for (const source of sources) {
    const ranOf = measureOf(source, target)
    total = sumOf(
      total,
      ranOf((counter) => source.counts[counter] ?? 0),
    )
    for (const { contexts, counts } of results.recorded.ofSource(source)?.rows() ?? []) {
      const ran = ranOf((counter) => counts.get(counter) ?? 0)
      if (ran.count === 0) continue
      for (const key of contexts) byContext.set(key, sumOf(byContext.get(key) ?? NOTHING, ran))
    }
  }
  return { total, byContext }
}

/** The lines of a target that can run, each with its path. */
export function executableIn(sources: readonly SourceCounts[], target: Target): readonly string[] {
  const lines = sources.flatMap(({ path, sites }) => {
    const [from, to] = linesOf(target, sites)
    return sites.lines.filter(({ line }) => line >= from && line <= to).map(({ line }) => `${path}:${line}`)
  })
  return [...new Set(lines)]
}

/** The last line above some lines that can run, and the first below. */
export function nearestIn(sources: readonly SourceCounts[], target: Target): readonly number[] {
  if (target.kind !== 'lines') return []
  const lines = sources.flatMap(({ sites }) => sites.lines.map(({ line }) => line)).sort((a, b) => a - b)
  const above = lines.findLast((line) => line < target.from)
  const below = lines.find((line) => line > target.to)
  return [above, below].filter((line) => line !== undefined)
}

type CountOf = (counter: number) => number

export const NOTHING: Ran = { count: 0, lines: 0 }

export function sumOf(a: Ran, b: Ran): Ran {
  return { count: a.count + b.count, lines: a.lines + b.lines }
}

/**
 * Says by the counts of counters how much of a target ran. What has to be looked at is found once, since there may be thousands
 * of contexts.
 */
export function measureOf({ sites }: Pick<SourceCounts, 'sites'>, target: Target): (countOf: CountOf) => Ran {
  const [from, to] = linesOf(target, sites)
  const asked = sites.lines.filter(({ line }) => line >= from && line <= to)
  const counter =
    target.kind === 'function' ? sites.functions.find(({ name }) => name === target.name)?.counter : undefined
  return (countOf) => {
    const numbers = new Map<number, number>()
    for (const { counters, line } of asked) {
      let count = 0
      for (const place of counters) count += countOf(place)
      if (count > (numbers.get(line) ?? 0)) numbers.set(line, count)
    }
    let count = 0
    for (const number of numbers.values()) count += number
    return { count: counter === undefined ? count : countOf(counter), lines: numbers.size }
  }
}

function linesOf(target: Target, sites: SourceCounts['sites']): [from: number, to: number] {
  if (target.kind === 'lines') return [target.from, target.to]
  if (target.kind !== 'function') return [0, Number.POSITIVE_INFINITY]
  const site = sites.functions.find(({ name }) => name === target.name)
  return site ? [site.line, site.end.line] : [0, -1]
}
