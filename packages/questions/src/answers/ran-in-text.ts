import type { CoverageResults, SourceCounts } from '@tstrace/results'
import { lineNumbers } from '@tstrace/results/internal'
import type { Target } from '../recording/target.ts'
import type { Ran } from './measure.ts'
import { linesOf } from './target-lines.ts'

/** The keys of all contexts in which anything of a text ran. */
export function contextsOf(
  { recorded }: CoverageResults,
  tables: readonly SourceCounts[],
): ReadonlySet<string> {
  return new Set(tables.flatMap((source) => [...(recorded.ofSource(source)?.contexts() ?? [])]))
}

/**
 * How much of a target ran, the tables of its text taken together: the number of a line is not the sum of what it has by each.
 *
 * @returns with how many lines of the target can run
 */
export function ranInText(
  tables: readonly SourceCounts[],
  target: Target,
): Ran & { readonly executable: number } {
  const ranges = tables.map(({ sites }) => linesOf(target, sites))
  const { counts, lines: numbered } = lineNumbers(tables)
  let [count, lines, executable] = [0, 0, 0]
  for (const [at, line] of numbered.entries()) {
    if (!ranges.some(([from, to]) => line >= from && line <= to)) continue
    executable++
    const number = counts[at] as number
    count += number
    if (number > 0) lines++
  }
  return { count: target.kind === 'function' ? callsIn(tables, target.name) : count, lines, executable }
}

function callsIn(tables: readonly SourceCounts[], name: string): number {
  return tables.reduce((sum, { counts, sites }) => {
    const called = sites.functions.find((site) => site.name === name)
    return sum + (called ? (counts[called.counter] as number) : 0)
  }, 0)
}
