import { lineRows } from './line-rows.ts'
import type { SourceCounts } from './results-data.ts'

/**
 * The number of every executable line: the largest among the sites that start on it, where a site's number
 * is the sum of its counters.
 *
 * @returns line (1-based) → count, lines ascending.
 */
export function lineCounts(source: SourceCounts): Map<number, number> {
  const byLine = new Map<number, number>()
  const rows = lineRows(source.sites)
  let last = 0
  let ascending = true
  for (let site = 0; site < rows.length; site++) {
    let count = 0
    for (let at = rows.first(site); at < rows.end(site); at++) count += source.counts[rows.counter(at)] ?? 0
    const line = rows.line(site)
    byLine.set(line, Math.max(count, byLine.get(line) ?? 0))
    if (line < last) ascending = false
    last = line
  }
  return ascending ? byLine : new Map([...byLine].sort(([a], [b]) => a - b))
}

/** The lines (1-based) that carry `#pragma NO COVER`: never marked missing. */
export function pragmaLines(source: SourceCounts): Set<number> {
  const lines = new Set<number>()
  const rows = lineRows(source.sites)
  for (let site = 0; site < rows.length; site++) if (rows.isPragma(site)) lines.add(rows.line(site))
  return lines
}

/** The executable lines (1-based, ascending) of `counts` that never ran and carry no pragma. */
export function missingLines(counts: ReadonlyMap<number, number>, pragma: ReadonlySet<number>): number[] {
  const missing: number[] = []
  counts.forEach((count, line) => {
    if (count === 0 && !pragma.has(line)) missing.push(line)
  })
  return missing
}
