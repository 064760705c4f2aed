import type { NumberLists } from './number-lists.ts'
import type { LineSite, SiteTable } from './site-table.ts'

/** The lines of a site table as numbers, for those who go through those of all sources. */
export class LineRows {
  /** How many sites there are; several may be on one line. */
  readonly length: number
  readonly #rows: NumberLists

  /** @param rows as `PackedLine` has them */
  constructor(rows: NumberLists) {
    this.length = rows.starts.length - 1
    this.#rows = rows
  }

  /** Whether they name lines, and only counters that are there. */
  areSound(counters: number): boolean {
    const { numbers, starts } = this.#rows
    for (let site = 0; site < this.length; site++) {
      const start = starts[site] as number
      const end = starts[site + 1] as number
      if (end - start < BEFORE_COUNTERS || numbers[start] === 0) return false
      for (let at = start + BEFORE_COUNTERS; at < end; at++)
        if ((numbers[at] as number) >= counters) return false
    }
    return true
  }

  /** 1-based. */
  line(site: number): number {
    return this.#rows.numbers[this.#rows.starts[site] as number] as number
  }

  /** 0-based. */
  column(site: number): number {
    return this.#rows.numbers[(this.#rows.starts[site] as number) + 1] as number
  }

  /** Whether the line carries `#pragma NO COVER`. */
  isPragma(site: number): boolean {
    return this.#rows.numbers[(this.#rows.starts[site] as number) + 3] === 1
  }

  /** Where the counters of a site begin: they are `counter(first(site))` and so on, in front of `end(site)`. */
  first(site: number): number {
    return (this.#rows.starts[site] as number) + BEFORE_COUNTERS
  }

  end(site: number): number {
    return this.#rows.starts[site + 1] as number
  }

  counter(at: number): number {
    return this.#rows.numbers[at] as number
  }
}

const BEFORE_COUNTERS = 4

/** The sites by where they start; undefined where they are in that order already. */
export function ascendingSites(rows: LineRows): Uint32Array | undefined {
  const compare = (a: number, b: number): number =>
    rows.line(a) - rows.line(b) || rows.column(a) - rows.column(b)
  let sorted = 1
  while (sorted < rows.length && compare(sorted - 1, sorted) <= 0) sorted++
  if (sorted >= rows.length) return undefined
  return Uint32Array.from({ length: rows.length }, (_, site) => site).sort(compare)
}

const ROWS: unique symbol = Symbol('line rows')

/** A table that has its lines as numbers, and makes objects of them when somebody looks at them. */
export function withRows(table: SiteTable, rows: () => LineRows): SiteTable {
  // Nobody who compares or copies tables is to come across it.
  return Object.defineProperty(table, ROWS, { value: rows })
}

/** The lines of a table, in its order. */
export function lineRows(table: SiteTable & { readonly [ROWS]?: () => LineRows }): LineRows {
  return table[ROWS]?.() ?? new LineRows(rowsOf(table.lines))
}

function rowsOf(lines: SiteTable['lines']): NumberLists {
  const starts = new Uint32Array(lines.length + 1)
  for (let site = 0; site < lines.length; site++)
    starts[site + 1] = (starts[site] as number) + BEFORE_COUNTERS + (lines[site] as LineSite).counters.length
  const numbers = new Float64Array(starts.at(-1) as number)
  for (let site = 0; site < lines.length; site++) {
    const { column, counters, line, pragma } = lines[site] as LineSite
    const start = starts[site] as number
    numbers[start] = line
    numbers[start + 1] = column
    numbers[start + 3] = pragma ? 1 : 0
    numbers.set(counters, start + BEFORE_COUNTERS)
  }
  return { numbers, starts }
}
