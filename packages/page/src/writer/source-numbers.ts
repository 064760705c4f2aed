import type { CoverageResults, SourceVersion } from '@tstrace/results'
import type { SourceNumbers } from '../page-data.ts'

/** The numbers of one text. */
export function numbersOf(results: CoverageResults, { hash, path }: SourceVersion): SourceNumbers {
  const missing = results.missingLines(path, hash).length
  let [count, hottest, hottestLine, ran] = [0, 0, 0, 0]
  for (const [line, number] of results.lineCounts(path, hash)) {
    if (number > 0) ran++
    count += number
    if (number > hottest) [hottest, hottestLine] = [number, line]
  }
  const calls = results
    .functions(path, hash)
    .reduce((sum, one) => (one.name === '<module>' ? sum : sum + one.calls), 0)
  return { lines: ran + missing, missing, hottest, hottestLine, calls, count }
}
