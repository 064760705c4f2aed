import type { CoverageResults, SourceVersion } from '@tstrace/results'
import { missingRanges } from '@tstrace/results/internal'
import type { SummaryRow } from './summary.ts'

/** What the summary says of a source. */
export type SourceCoverage = Pick<SummaryRow, 'hits' | 'hottest' | 'lines' | 'missing'>

/** @param counts those of its lines, where they are known already */
export function sourceCoverage(
  results: CoverageResults,
  { hash, path }: SourceVersion,
  counts: ReadonlyMap<number, number> = results.lineCounts(path, hash),
): SourceCoverage {
  const missing = results.missingLines(path, hash)
  let hits = 0
  let hottest = 0
  for (const count of counts.values()) {
    if (count > 0) hits++
    if (count > hottest) hottest = count
  }
  return { hits, hottest, lines: hits + missing.length, missing: missingRanges(counts, missing) }
}
