import type { CoverageResults, SourceCounts } from '@tstrace/results'
import { type Part, visitCounts } from '@tstrace/results/internal'
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
  const byContext = new Map<string, { count: number; lines: number }>()
  for (const source of sources) {
    const measure = new Measure(source, target)
    for (const [counter, count] of source.counts.entries()) measure.add(counter, count)
    total = sumOf(total, measure.taken())
    const kept = results.recorded.ofSource(source)?.kept()
    if (!kept) continue
    const ranOfRows = kept.rows.map((row) => {
      for (const part of row) visitCounts(kept.parts[part] as Part, measure.add)
      return measure.taken()
    })
    for (const [key, row] of kept.contexts) {
      const { count, lines } = ranOfRows[row] as Ran
      if (count === 0) continue
      const known = byContext.get(key)
      if (known) {
        known.count += count
        known.lines += lines
      } else byContext.set(key, { count, lines })
    }
  }
  return { total, byContext }
}

/** How many lines of a target can run. */
export function executableIn(sources: readonly SourceCounts[], target: Target): number {
  const byPath = new Map<string, Set<number>>()
  for (const { path, sites } of sources) {
    const [from, to] = linesOf(target, sites)
    const known = byPath.get(path) ?? new Set()
    byPath.set(path, known)
    for (const { line } of sites.lines) if (line >= from && line <= to) known.add(line)
  }
  let executable = 0
  for (const { size } of byPath.values()) executable += size
  return executable
}

/** The last line above some lines that can run, and the first below. */
export function nearestIn(sources: readonly SourceCounts[], target: Target): readonly number[] {
  if (target.kind !== 'lines') return []
  const lines = sources.flatMap(({ sites }) => sites.lines.map(({ line }) => line)).sort((a, b) => a - b)
  const above = lines.findLast((line) => line < target.from)
  const below = lines.find((line) => line > target.to)
  return [above, below].filter((line) => line !== undefined)
}

export const NOTHING: Ran = { count: 0, lines: 0 }

export function sumOf(a: Ran, b: Ran): Ran {
  return { count: a.count + b.count, lines: a.lines + b.lines }
}

/**
 * Finds out by the counts of counters how much of a target ran, time after time: there may be thousands of contexts, and each
 * ran little of a source.
 */
export class Measure {
  /** By counter the places of its sites in `#lines`, of those sites that are asked about. */
  readonly #sites: number[][] = []
  /** The line of each site, as its place among the lines. */
  readonly #lines: number[] = []
  /** The counter of the function that is asked about. */
  readonly #counter: number | undefined
  #calls = 0
  /** By site; those that are not 0 are in `#ran`. */
  readonly #sums: Float64Array
  #ran: number[] = []
  /** By line. */
  readonly #numbers: Float64Array

  constructor({ sites }: Pick<SourceCounts, 'sites'>, target: Target) {
    const [from, to] = linesOf(target, sites)
    const places = new Map<number, number>()
    for (const { counters, line } of sites.lines) {
      if (line < from || line > to) continue
      const place = places.get(line) ?? places.size
      places.set(line, place)
      const site = this.#lines.push(place) - 1
      for (const counter of counters) {
        this.#sites[counter] ??= []
        this.#sites[counter].push(site)
      }
    }
    if (target.kind === 'function')
      this.#counter = sites.functions.find(({ name }) => name === target.name)?.counter
    this.#sums = new Float64Array(this.#lines.length)
    this.#numbers = new Float64Array(places.size)
  }

  /** Adds the count of a counter, of which there is one for each measuring. */
  readonly add = (counter: number, count: number): void => {
    if (count === 0) return
    if (counter === this.#counter) this.#calls = count
    for (const site of this.#sites[counter] ?? []) {
      if (this.#sums[site] === 0) this.#ran.push(site)
      this.#sums[site] = (this.#sums[site] as number) + count
    }
  }

  /** How much ran by what was added since the last time. */
  taken(): Ran {
    let count = 0
    let lines = 0
    for (const site of this.#ran) {
      const line = this.#lines[site] as number
      const [sum, before] = [this.#sums[site] as number, this.#numbers[line] as number]
      if (before === 0) lines++
      if (sum <= before) continue
      count += sum - before
      this.#numbers[line] = sum
    }
    for (const site of this.#ran) {
      this.#sums[site] = 0
      this.#numbers[this.#lines[site] as number] = 0
    }
    this.#ran = []
    const calls = this.#calls
    this.#calls = 0
    return { count: this.#counter === undefined ? count : calls, lines }
  }
}

function linesOf(target: Target, sites: SourceCounts['sites']): [from: number, to: number] {
  if (target.kind === 'lines') return [target.from, target.to]
  if (target.kind !== 'function') return [0, Number.POSITIVE_INFINITY]
  const site = sites.functions.find(({ name }) => name === target.name)
  return site ? [site.line, site.end.line] : [0, -1]
}
