import { codePointOrder } from '@tstrace/results/internal'
import { printable } from '@tstrace/results/printable'

/** One row of the summary: one source file. */
export interface SummaryRow {
  readonly module: string
  readonly path: string
  /** Executable lines, without those that carry `#pragma NO COVER` and did not run. */
  readonly lines: number
  /** How many of them ran. */
  readonly hits: number
}

type Order = (a: SummaryRow, b: SummaryRow) => number

const byModule: Order = (a, b) => codePointOrder(a.module, b.module) || codePointOrder(a.path, b.path)

/** Lowest coverage first; of equal ones those with most lines that did not run. */
export const lowestFirst: Order = (a, b) =>
  a.hits / a.lines - b.hits / b.lines || b.lines - b.hits - (a.lines - a.hits) || byModule(a, b)

/**
 * The summary table of Python 3.8 to 3.13: rows sorted by module name unless in another order, percent cut off, not rounded.
 * Files without executable lines have no row; without rows there is no table.
 *
 * @returns lines with their ends
 */
export function summaryTable(rows: readonly SummaryRow[], order: Order = byModule): readonly string[] {
  const shown = rows.filter(({ lines }) => lines > 0)
  if (shown.length === 0) return []
  return ['lines   cov%   module   (path)\n', ...shown.sort(order).map(summaryRow)]
}

function summaryRow({ module, path, lines, hits }: SummaryRow): string {
  const percent = Math.floor((100 * hits) / lines)
  const numbers = `${String(lines).padStart(5)}   ${String(percent).padStart(3)}%`
  return `${numbers}   ${printable(module)}   (${printable(path)})\n`
}
