import type { CoverageResults, SourceVersion } from '@tstrace/results'
import { isMissing, type LineNumbers, MissingRanges } from '@tstrace/results/internal'
import type { SummaryRow } from './summary.ts'

/** What the summary says of a source. */
export type SourceCoverage = Pick<SummaryRow, 'hits' | 'hottest' | 'lines' | 'missing'>

/** @param numbers those of its lines, where they are known already */
export function sourceCoverage(
  results: CoverageResults,
  { hash, path }: SourceVersion,
  numbers: LineNumbers = results.lineNumbers(path, hash),
): SourceCoverage {
  const ranges = new MissingRanges()
  let [hits, hottest, missing] = [0, 0, 0]
  for (let at = 0; at < numbers.lines.length; at++) {
    const count = numbers.counts[at] as number
    if (count > hottest) hottest = count
    if (count > 0) {
      hits++
      ranges.end()
    } else if (isMissing(numbers, at)) {
      missing++
      ranges.add(numbers.lines[at] as number)
    }
  }
  return { hits, hottest, lines: hits + missing, missing: ranges.all }
}
