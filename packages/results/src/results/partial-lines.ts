import type { SourceCounts } from './results-data.ts'

/**
 * The lines (1-based, ascending) of a text on which a branch starts that was reached, and of which a way was never taken. A line
 * that never ran itself is none of them.
 *
 * @param sources what was counted of the text, once for each table that it was counted with
 * @param lines the numbers of its executable lines
 */
export function partialLines(sources: readonly SourceCounts[], lines: ReadonlyMap<number, number>): number[] {
  const sums = new Map<string, { readonly line: number; readonly kind: string; counts: number[] }>()
  for (const { counts, sites } of sources)
    for (const { arms, column, end, kind, line } of sites.branches) {
      const key = `${line}:${column}:${end.line}:${end.column}:${kind}`
      const known = sums.get(key) ?? { line, kind, counts: arms.map(() => 0) }
      known.counts = arms.map(({ counter }, i) => (known.counts[i] ?? 0) + (counts[counter] ?? 0))
      sums.set(key, known)
    }
  const found = [...sums.values()].filter(({ counts, kind, line }) => {
    const number = lines.get(line)
    // Of a default value nobody knows how often it was not needed.
    const isReached = counts.some((count) => count > 0) || (kind === 'default-arg' && number !== undefined)
    return isReached && number !== 0 && counts.includes(0)
  })
  return [...new Set(found.map(({ line }) => line))].sort((a, b) => a - b)
}
