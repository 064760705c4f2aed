import type { SiteTable, SourceCounts } from '@tstrace/results'
import { siteTableText } from '@tstrace/results/internal'

/** The number of a counter of a table that was made again; undefined where nobody knows it. */
export type NumberOf = (counter: number) => number | undefined

/** Whether two tables number their counters alike, since they are the same. */
export function isSameTable(a: SiteTable, b: SiteTable): boolean {
  return a.counters === b.counters && siteTableText(a) === siteTableText(b)
}

/**
 * What the counters of a table are, of a text that was counted with another table: behind a compiler, or by another version.
 * The sites say which counter is which, by their places.
 */
export function numbersThroughSites(made: SiteTable, { counts, sites }: SourceCounts): NumberOf {
  const numbers = new Map<number, number>()
  const countOf = (counter: number): number => counts[counter] ?? 0
  const lines = new Map(sites.lines.map((site) => [keyOf(site), site.counters]))
  for (const site of made.lines) {
    const known = lines.get(keyOf(site))
    const [only, ...others] = site.counters
    if (!known || only === undefined) continue
    if (known.length === site.counters.length)
      for (const [i, counter] of site.counters.entries()) numbers.set(counter, countOf(known[i] as number))
    else if (others.length === 0)
      numbers.set(
        only,
        known.reduce((sum, counter) => sum + countOf(counter), 0),
      )
  }
  const functions = new Map(sites.functions.map((site) => [site.name, site.counter]))
  for (const { counter, name } of made.functions) {
    const known = functions.get(name)
    if (known !== undefined) numbers.set(counter, countOf(known))
  }
  return (counter) => numbers.get(counter)
}

function keyOf({ column, line, rule }: SiteTable['lines'][number]): string {
  return `${line}:${column}:${rule}`
}
