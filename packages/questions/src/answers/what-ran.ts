import type { CoverageResults, SourceCounts, SourceVersion } from '@tstrace/results'
import { lineRows } from '@tstrace/results/internal'
import { isInFolder, type Target } from '../recording/target.ts'

/** How much of something ran. */
export interface Ran {
  /** Of a line its number, of a function its calls, of several lines the sum of their numbers. */
  readonly count: number
  /** How many of its executable lines ran. */
  readonly lines: number
}

/** Says by path whether a source is one that a target is in, or that is in it; without a target all are. */
export function isIn(target: Target | undefined): (path: string) => boolean {
  return (path) =>
    !target || (target.kind === 'folder' ? isInFolder(target.path, path) : path === target.path)
}

/** The sources that a target is in or that are in it, sorted by path. */
export function sourcesIn(results: CoverageResults, target: Target): readonly SourceCounts[] {
  return results.sources().filter((source) => isInTarget(source, target))
}

/** Whether a text is one that a target is in, or that is in it. */
export function isInTarget({ hash, path }: SourceVersion, target: Target): boolean {
  return isIn(target)(path) && (target.kind === 'folder' || hash === target.hash)
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
    let ran = NOTHING
    const addPart = (part: number): void => kept.visitPart(part, measure.add)
    const addContext = (key: string): void => {
      const known = byContext.get(key)
      if (known) {
        known.count += ran.count
        known.lines += ran.lines
      } else byContext.set(key, { ...ran })
    }
    for (let row = 0; row < kept.rows; row++) {
      kept.visitRow(row, addPart)
      ran = measure.taken()
      if (ran.count > 0) kept.visitContexts(row, addContext)
    }
  }
  return { total, byContext }
}

/** How many lines of a target can run. */
export function executableIn(sources: readonly SourceCounts[], target: Target): number {
  let executable = 0
  let path = ''
  let known = new Set<number>()
  // Sources of one path follow each other.
  for (const source of sources) {
    if (source.path !== path) known = new Set()
    path = source.path
    const before = known.size
    const [from, to] = linesOf(target, source.sites)
    const rows = lineRows(source.sites)
    for (let site = 0; site < rows.length; site++) {
      const line = rows.line(site)
      if (line >= from && line <= to) known.add(line)
    }
    executable += known.size - before
  }
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
  /** Of each counter its sites among those that are asked about: from where in `#sites`, and behind the last where it ends. */
  readonly #starts: Uint32Array
  readonly #sites: Uint32Array
  /** The line of each site, as its place among the lines. */
  readonly #lines: Uint32Array
  /** The counter of the function that is asked about; -1 for none. */
  readonly #counter: number
  #calls = 0
  /** By site; those that are not 0 are in `#ran`. */
  readonly #sums: Float64Array
  /** As many sites as `#length` says. */
  readonly #ran: Uint32Array
  #length = 0
  /** By line. */
  readonly #numbers: Float64Array

  constructor({ sites }: Pick<SourceCounts, 'sites'>, target: Target) {
    const [from, to] = linesOf(target, sites)
    const rows = lineRows(sites)
    this.#starts = new Uint32Array(sites.counters + 2)
    this.#lines = new Uint32Array(rows.length)
    const places = new Map<number, number>()
    const isAsked = (site: number): boolean => rows.line(site) >= from && rows.line(site) <= to
    const count = (counter: number): void => void add(this.#starts, counter + 2, 1)
    for (let site = 0; site < rows.length; site++) {
      if (!isAsked(site)) continue
      const line = rows.line(site)
      const place = places.get(line) ?? places.size
      if (place === places.size) places.set(line, place)
      this.#lines[site] = place
      rows.visitCounters(site, count)
    }
    for (let at = 1; at < this.#starts.length; at++) add(this.#starts, at, this.#starts[at - 1] as number)
    this.#sites = new Uint32Array(this.#starts.at(-1) as number)
    // What is filled in moves each start to the next one.
    const fill = (counter: number, site: number): void => {
      this.#sites[add(this.#starts, counter + 1, 1) - 1] = site
    }
    for (let site = 0; site < rows.length; site++) if (isAsked(site)) rows.visitCounters(site, fill)
    const called = target.kind === 'function' && sites.functions.find(({ name }) => name === target.name)
    this.#counter = called ? called.counter : -1
    this.#sums = new Float64Array(rows.length)
    this.#ran = new Uint32Array(rows.length)
    this.#numbers = new Float64Array(places.size)
  }

  /** Adds the count of a counter, of which there is one for each measuring. */
  readonly add = (counter: number, count: number): void => {
    if (count === 0) return
    if (counter === this.#counter) this.#calls = count
    const end = this.#starts[counter + 1] as number
    for (let at = this.#starts[counter] as number; at < end; at++) {
      const site = this.#sites[at] as number
      if (this.#sums[site] === 0) this.#ran[this.#length++] = site
      add(this.#sums, site, count)
    }
  }

  /** How much ran by what was added since the last time. */
  taken(): Ran {
    let count = 0
    let lines = 0
    for (let at = 0; at < this.#length; at++) {
      const site = this.#ran[at] as number
      const line = this.#lines[site] as number
      const [sum, before] = [this.#sums[site] as number, this.#numbers[line] as number]
      if (before === 0) lines++
      if (sum <= before) continue
      count += sum - before
      this.#numbers[line] = sum
    }
    for (let at = 0; at < this.#length; at++) {
      const site = this.#ran[at] as number
      this.#sums[site] = 0
      this.#numbers[this.#lines[site] as number] = 0
    }
    this.#length = 0
    const calls = this.#calls
    this.#calls = 0
    return { count: this.#counter < 0 ? count : calls, lines }
  }
}

/** @returns the sum */
function add(numbers: Uint32Array | Float64Array, at: number, more: number): number {
  const sum = (numbers[at] as number) + more
  numbers[at] = sum
  return sum
}

/** The lines of a source that are of a target. */
export function linesOf(target: Target, sites: SourceCounts['sites']): [from: number, to: number] {
  if (target.kind === 'lines') return [target.from, target.to]
  if (target.kind !== 'function') return [0, Number.POSITIVE_INFINITY]
  const site = sites.functions.find(({ name }) => name === target.name)
  return site ? [site.line, site.end.line] : [0, -1]
}
