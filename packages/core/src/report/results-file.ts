import type { CoverageResults } from '../results/coverage-results.ts'
import { resultsFormat, resultsVersion, sourceRecord } from '../results/results-document.ts'

/**
 * The text of a results file (`docs/reference/results-file.md`): JSON with one line per source file and per
 * edge, sorted, so that equal results give equal texts and the file can be read line by line.
 */
export function resultsFile(results: CoverageResults): string {
  const start = JSON.stringify({ format: resultsFormat, version: resultsVersion }).slice(0, -1)
  // One record at a time: the records of a large project together are many times larger than their text.
  const sources = results.sources().map((source) => JSON.stringify(sourceRecord(source)))
  const edges = results.edges().map((edge) => JSON.stringify(edge))
  return `${start},\n"sources":${lineByLine(sources)},\n"edges":${lineByLine(edges)}}\n`
}

function lineByLine(records: readonly string[]): string {
  return records.length === 0 ? '[]' : `[\n${records.join(',\n')}\n]`
}
