import type { SourceCounts } from '@tstrace/results'
import { lineRows, type RowCounts, roomyFloat64Array, roomyUint32Array } from '@tstrace/results/internal'
import type { Target } from '../recording/target.ts'
import { linesOf } from './target-lines.ts'

/** How much of something ran. */
export interface Ran {
  /** Of a line its number, of a function its calls, of several lines the sum of their numbers. */
  readonly count: number
  /** How many of its executable lines ran. */
  readonly lines: number
}

/**
 * Finds out by the counts of counters how much of a target ran, time after time: there may be thousands of contexts, and each
 * ran little of a source.
 */
export class Measure implements Ran {
  /** What was measured last. */
  count = 0
  lines = 0
  /** How many lines of the target can run. */
  readonly executable: number
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
    const places = new Places()
    for (let site = 0; site < rows.length; site++) {
      const line = rows.line(site)
      if (line < from || line > to) continue
      this.#lines[site] = places.of(line)
      for (let at = rows.first(site); at < rows.end(site); at++) add(this.#starts, rows.counter(at) + 2, 1)
    }
    for (let at = 1; at < this.#starts.length; at++) add(this.#starts, at, this.#starts[at - 1] as number)
    this.#sites = roomyUint32Array(this.#starts.at(-1) as number)
    // What is filled in moves each start to the next one.
    for (let site = 0; site < rows.length; site++) {
      const line = rows.line(site)
      if (line < from || line > to) continue
      for (let at = rows.first(site); at < rows.end(site); at++)
        this.#sites[add(this.#starts, rows.counter(at) + 1, 1) - 1] = site
    }
    const called = target.kind === 'function' && sites.functions.find(({ name }) => name === target.name)
    this.#counter = called ? called.counter : -1
    this.#sums = roomyFloat64Array(rows.length)
    this.#ran = roomyUint32Array(rows.length)
    this.executable = places.size
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
    let count = 0
    let lines = 0
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

/** Numbers lines from 0, in the order in which they are first asked for: mostly they ascend. */
class Places {
  size = 0
  #last = 0
  /** Of all lines, where they do not ascend. */
  #known: Map<number, number> | undefined
  readonly #lines: number[] = []

  of(line: number): number {
    if (line === this.#last) return this.#known?.get(line) ?? this.size - 1
    if (line > this.#last && !this.#known) {
      this.#last = line
      this.#lines.push(line)
      return this.size++
    }
    this.#known ??= new Map(this.#lines.map((known, place) => [known, place]))
    const place = this.#known.get(line)
    if (place !== undefined) return place
    this.#known.set(line, this.size)
    return this.size++
  }
}

/** @returns the sum */
function add(numbers: Uint32Array | Float64Array, at: number, more: number): number {
  const sum = (numbers[at] as number) + more
  numbers[at] = sum
  return sum
}
