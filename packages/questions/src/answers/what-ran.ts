import type { CoverageResults, SourceCounts, SourceVersion } from '@tstrace/results'
import { lineRows, type RowCounts, roomyFloat64Array, roomyUint32Array } from '@tstrace/results/internal'
import { isInFolder, type Target } from '../recording/target.ts'
import { ContextValues } from './context-values.ts'

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
  const sums = new Map<string, { count: number; lines: number }>()
  const sumsOfContexts = new ContextValues((key) => {
    const sum = sums.get(key) ?? { count: 0, lines: 0 }
    sums.set(key, sum)
    return sum
  })
  for (const source of sources) {
    const measure = new Measure(source, target)
    measure.whole(source.counts)
    total = sumOf(total, measure)
    const kept = results.recorded.ofSource(source)?.kept()
    if (!kept) continue
    const sumOfContext = sumsOfContexts.of(kept)
    const addContext = (context: number): void => {
      const sum = sumOfContext(context)
      sum.count += measure.count
      sum.lines += measure.lines
    }
    for (let row = 0; row < kept.rows; row++) {
      measure.row(kept.countsOf(row))
      if (measure.count > 0) kept.visitContexts(row, addContext)
    }
  }
  return { total, byContext: new Map([...sums].filter(([, { count }]) => count > 0)) }
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
export class Measure implements Ran {
  /** What was measured last. */
  count = 0
  lines = 0
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
  /** Of a counter that is all there is on each of its lines how many these are, or else 0: most are on one line. */
  readonly #alone: Uint32Array

  constructor({ sites }: Pick<SourceCounts, 'sites'>, target: Target) {
    const [from, to] = linesOf(target, sites)
    const rows = lineRows(sites)
    this.#starts = roomyUint32Array(sites.counters + 2)
    this.#lines = roomyUint32Array(rows.length)
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
    this.#sites = roomyUint32Array(this.#starts.at(-1) as number)
    // What is filled in moves each start to the next one.
    const fill = (counter: number, site: number): void => {
      this.#sites[add(this.#starts, counter + 1, 1) - 1] = site
    }
    for (let site = 0; site < rows.length; site++) if (isAsked(site)) rows.visitCounters(site, fill)
    const called = target.kind === 'function' && sites.functions.find(({ name }) => name === target.name)
    this.#counter = called ? called.counter : -1
    this.#sums = roomyFloat64Array(rows.length)
    this.#ran = roomyUint32Array(rows.length)
    this.#numbers = roomyFloat64Array(places.size)
    this.#alone = this.#linesAlone(places.size)
  }

  #linesAlone(lines: number): Uint32Array {
    const sites = this.#sites
    const starts = this.#starts
    const onLine = roomyUint32Array(lines)
    // Of a site with two counters the line is there twice.
    for (let at = 0; at < sites.length; at++) add(onLine, this.#lines[sites[at] as number] as number, 1)
    const alone = roomyUint32Array(starts.length)
    for (let counter = 0; counter + 1 < starts.length; counter++) {
      const start = starts[counter] as number
      const end = starts[counter + 1] as number
      let at = start
      while (at < end && onLine[this.#lines[sites[at] as number] as number] === 1) at++
      if (at === end) alone[counter] = end - start
    }
    return alone
  }

  /** Measures how much ran by the counts of all counters. */
  whole(counts: Float64Array): void {
    for (let counter = 0; counter < counts.length; counter++) this.add(counter, counts[counter] as number)
    this.take()
  }

  /** Measures how much ran by the counts of a row. */
  row({ counts, length, places }: RowCounts): void {
    let [count, lines] = [0, 0]
    for (let at = 0; at < length; at++) {
      const counter = places[at] as number
      const alone = this.#alone[counter] as number
      if (alone === 0 || counter === this.#counter) {
        this.add(counter, counts[at] as number)
        continue
      }
      count += alone * (counts[at] as number)
      lines += alone
    }
    this.take()
    if (this.#counter < 0) this.count += count
    this.lines += lines
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

  /** Measures how much ran by what was added since the last time. */
  take(): void {
    let count = 0
    let lines = 0
    for (let at = 0; at < this.#length; at++) {
      const site = this.#ran[at] as number
      const line = this.#lines[site] as number
      const sum = this.#sums[site] as number
      const before = this.#numbers[line] as number
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
    this.count = this.#counter < 0 ? count : this.#calls
    this.lines = lines
    this.#calls = 0
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
