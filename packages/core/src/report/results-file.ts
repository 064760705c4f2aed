import type { CoverageResults } from '../results/coverage-results.ts'

/**
 * The text of a results file (`docs/reference/results-file.md`): JSON with one line per source file and per
 * edge, sorted, so that equal results give equal texts and the file can be read line by line.
 */
export function resultsFile(results: CoverageResults): string {
  const { sources, edges, ...head } = results.toJSON()
  const start = JSON.stringify(head).slice(0, -1)
  return `${start},\n"sources":${lineByLine(sources)},\n"edges":${lineByLine(edges)}}\n`
}

function lineByLine(values: readonly unknown[]): string {
  return values.length === 0 ? '[]' : `[\n${values.map((value) => JSON.stringify(value)).join(',\n')}\n]`
}
