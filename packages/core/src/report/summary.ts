import { codePointOrder, type Lines, linesText } from '@tstrace/results/internal'
import { printable } from '@tstrace/results/printable'

/** One row of the summary: one source file. */
export interface SummaryRow {
  readonly module: string
  readonly path: string
  /** Executable lines, without those that carry `#pragma NO COVER` and did not run. */
  readonly lines: number
  /** How many of them ran. */
  readonly hits: number
  /** The others. */
  readonly missing: readonly Lines[]
  /** The largest number of its lines. */
  readonly hottest: number
}

/** How many lines there are, and how many of them ran. */
export type Ran = Pick<SummaryRow, 'hits' | 'lines'>

/** What a summary has beside its rows. */
export interface SummaryExtras {
  /** A row with the sums of all others. */
  readonly total: boolean
  /** Behind each row the lines that never ran. */
  readonly ranges: boolean
}

export type Order = (a: SummaryRow, b: SummaryRow) => number

const byModule: Order = (a, b) => codePointOrder(a.module, b.module) || codePointOrder(a.path, b.path)

/** Lowest coverage first; of equal ones those with most lines that did not run. */
export const lowestFirst: Order = (a, b) =>
  a.hits / a.lines - b.hits / b.lines || b.lines - b.hits - (a.lines - a.hits) || byModule(a, b)

/** As Python's, which has neither. */
const AS_PYTHON: SummaryExtras = { total: false, ranges: false }

/** Rows in their order; those without executable lines are left out. */
export function summaryRows(rows: readonly SummaryRow[], order: Order = byModule): SummaryRow[] {
  return rows.filter(({ lines }) => lines > 0).sort(order)
}

/**
 * The summary table of Python 3.8 to 3.13: rows sorted by module name unless in another order, percent cut off, not rounded.
 * Files without executable lines have no row; without rows there is no table.
 *
 * @returns lines with their ends; with a total the last of them
 */
export function summaryTable(
  rows: readonly SummaryRow[],
  { ranges, total }: SummaryExtras = AS_PYTHON,
  order: Order = byModule,
): readonly string[] {
  const shown = summaryRows(rows, order)
  if (shown.length === 0) return []
  const heading = `lines   cov%   module   (path)${ranges ? '   missing' : ''}\n`
  return [
    heading,
    ...shown.map((row) => summaryRow(row, ranges)),
    ...(total ? [`${numbersText(totalOf(shown))}   TOTAL   (${sourcesText(shown.length)})\n`] : []),
  ]
}

/** What the rows have together. */
export function totalOf(rows: readonly Ran[]): Ran {
  return rows.reduce((sum, { hits, lines }) => ({ hits: sum.hits + hits, lines: sum.lines + lines }), {
    hits: 0,
    lines: 0,
  })
}

/** Cut off, so that it is 100 only where nothing is missing. */
export function percentOf({ hits, lines }: Ran): number {
  return Math.floor((100 * hits) / lines)
}

/** `2 sources`. */
export function sourcesText(count: number): string {
  return count === 1 ? '1 source' : `${count} sources`
}

/** `40, 52-58`. */
export function rangesText(missing: readonly Lines[]): string {
  return missing.map(linesText).join(', ')
}

function summaryRow(row: SummaryRow, ranges: boolean): string {
  const lines = ranges && row.missing.length > 0 ? `   ${rangesText(row.missing)}` : ''
  return `${numbersText(row)}   ${printable(row.module)}   (${printable(row.path)})${lines}\n`
}

/** The first two columns. */
function numbersText(row: Ran): string {
  return `${String(row.lines).padStart(5)}   ${String(percentOf(row)).padStart(3)}%`
}
