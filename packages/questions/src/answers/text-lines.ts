import type { CoverageResults, FunctionSite, SiteTable } from '@tstrace/results'
import {
  functionsOfLines,
  type KeptCounts,
  lineRows,
  type RowCounts,
  roomyInt32Array,
} from '@tstrace/results/internal'
import type { Target } from '../recording/target.ts'
import type { CountedText } from './counted-texts.ts'
import type { LineRange } from './line-range.ts'
import { linesOf } from './target-lines.ts'

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

/**
 * Says of the lines of a text, 1-based, whether they are of a target that the text is in, or that is in it; undefined where all
 * are.
 */
export function linesAsked(
  { counted }: CountedText,
  target: Target | undefined,
): ((line: number) => boolean) | undefined {
  if (!target) return undefined
  const ranges = counted.map(({ sites }) => linesOf(target, sites))
  return (line) => ranges.some(([from, to]) => line >= from && line <= to)
}

/**
 * The executable lines of a text, for questions that go through everything. A line has its place among them, from 0, so that
 * what is found out about lines can be kept in arrays.
 */
export class TextLines {
  /** Line numbers, 1-based, ascending. */
  readonly numbers: Int32Array
  readonly #text: CountedText
  /** By line number. */
  readonly #places: Int32Array

  /** @param isAsked says of a line by its number whether it is to be among them. Default: all are */
  constructor(text: CountedText, isAsked?: (line: number) => boolean) {
    this.#text = text
    const numbers = lineNumbers(text)
    this.numbers = isAsked ? numbers.filter(isAsked) : numbers
    this.#places = roomyInt32Array((numbers.at(-1) ?? 0) + 1).fill(NOWHERE)
    for (let place = 0; place < this.numbers.length; place++)
      this.#places[this.numbers[place] as number] = place
  }

  /** How many site tables the text was counted with. */
  get tables(): number {
    return this.#text.counted.length
  }

  /** By place 1 for a line that ran, whatever ran it, or else 0. */
  ran(): Uint8Array {
    const ran = new Uint8Array(this.numbers.length)
    for (const { counts, sites } of this.#text.counted) {
      const rows = lineRows(sites)
      for (let site = 0; site < rows.length; site++) {
        const place = this.#places[rows.line(site)] as number
        if (place === NOWHERE) continue
        for (let at = rows.first(site); at < rows.end(site); at++)
          if (counts[rows.counter(at)]) ran[place] = 1
      }
    }
    return ran
  }

  /** What was counted in contexts, and the lines on which each counter counts. */
  kept(results: CoverageResults): { readonly kept: KeptCounts; readonly lines: CounterLines }[] {
    return this.#text.counted.flatMap((source) => {
      const kept = results.recorded.ofSource(source)?.kept()
      return kept ? [{ kept, lines: new CounterLines(source.sites, this.#places) }] : []
    })
  }

  /**
   * Lines next to each other, in one function, of which something equal is true.
   *
   * @param kindOf what is true of a line by its place; undefined for one that is to be left out
   * @returns each range with the place of its first line
   */
  ranges(kindOf: (place: number) => number | string | undefined): (LineRange & { readonly place: number })[] {
    const { path, hash } = this.#text
    let functions: ReadonlyMap<number, FunctionSite> | undefined
    const found: (Writable<LineRange> & { place: number })[] = []
    let before: number | string | undefined
    for (let place = 0; place < this.numbers.length; place++) {
      const kind = kindOf(place)
      const isSame = kind === before
      before = kind
      if (kind === undefined) continue
      const line = this.numbers[place] as number
      functions ??= functionsIn(this.#text)
      const name = functions.get(line)?.name ?? ''
      const last = found.at(-1)
      if (last && isSame && last.function === name) {
        last.to = line
        last.lines++
      } else found.push({ path, hash, function: name, from: line, to: line, lines: 1, place })
    }
    return found
  }
}

/** The place of a line that is not asked about. */
const NOWHERE = -1

/** The places of the lines on which each counter counts: mostly one, and many for what is defined together. */
export class CounterLines {
  /** By place the number of the row in which it was visited last. */
  readonly #visited: Int32Array
  #rows = 0
  readonly #first: Int32Array
  readonly #others = new Map<number, number[]>()

  /** @param places of lines, by their numbers */
  constructor(table: SiteTable, places: Int32Array) {
    const { counters } = table
    this.#first = roomyInt32Array(counters).fill(-1)
    this.#visited = roomyInt32Array(places.length)
    const rows = lineRows(table)
    for (let site = 0; site < rows.length; site++) {
      const place = places[rows.line(site)] as number
      if (place === NOWHERE) continue
      for (let at = rows.first(site); at < rows.end(site); at++) this.#add(rows.counter(at), place)
    }
  }

  /** Visits the lines on which a counter counts. */
  visit(counter: number, visit: (place: number) => void): void {
    const first = this.#first[counter] as number
    if (first < 0) return
    visit(first)
    const others = this.#others.get(counter)
    if (others) for (const place of others) visit(place)
  }

  /** Visits the lines that ran in a row, each once. */
  visitRow({ length, places }: RowCounts, visit: (place: number) => void): void {
    const number = ++this.#rows
    const visitOnce = (place: number): void => {
      if (this.#visited[place] === number) return
      this.#visited[place] = number
      visit(place)
    }
    for (let at = 0; at < length; at++) this.visit(places[at] as number, visitOnce)
  }

  /** Whether any of the lines ran in a row. */
  hasLines({ length, places }: RowCounts): boolean {
    return places.subarray(0, length).some((counter) => (this.#first[counter] as number) >= 0)
  }

  #add(counter: number, place: number): void {
    const first = this.#first[counter] as number
    if (first < 0) this.#first[counter] = place
    else if (first !== place) {
      const others = this.#others.get(counter)
      if (others) others.push(place)
      else this.#others.set(counter, [place])
    }
  }
}

/** The function that each executable line is in. */
export function functionsIn({ counted }: Pick<CountedText, 'counted'>): ReadonlyMap<number, FunctionSite> {
  const [only, ...others] = counted.map(({ sites }) => functionsOfLines(sites))
  return only && others.length === 0 ? only : new Map([only ?? [], ...others].flatMap((some) => [...some]))
}

function lineNumbers({ counted }: CountedText): Int32Array {
  const numbers: number[] = []
  let isSorted = true
  let last = 0
  for (const { sites } of counted) {
    const rows = lineRows(sites)
    for (let site = 0; site < rows.length; site++) {
      const line = rows.line(site)
      if (line === last) continue
      if (line < last) isSorted = false
      numbers.push(line)
      last = line
    }
  }
  return isSorted ? new Int32Array(numbers) : new Int32Array(new Set(numbers)).sort()
}
