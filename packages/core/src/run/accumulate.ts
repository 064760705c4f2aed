import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { resultsFile } from '../report/results-file.ts'
import { writeFilesSync } from '../report/write-files.ts'
import { CoverageResults } from '../results/coverage-results.ts'

/**
 * Adds results to those in a file and replaces the file.
 * @returns The sum.
 * @throws TstraceError when the file cannot be read or written; it is then left as it was.
 */
export function accumulate(results: CoverageResults, file: string): CoverageResults {
  const sum = new CoverageResults()
  if (existsSync(file)) {
    sum.update(CoverageResults.fromJSON(readFileSync(file, 'utf8'), { file, allowOutside: true }))
  }
  sum.update(results)
  writeFilesSync(dirname(file), [{ path: basename(file), text: resultsFile(sum) }])
  return sum
}
