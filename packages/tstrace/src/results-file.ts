import { readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { CoverageResults, resultsFile, TstraceError, writeFilesSync } from '@tstrace/core'

/**
 * Reads a results file.
 *
 * @throws TstraceError `TST_CANNOT_READ` when it is not there or cannot be opened; what `CoverageResults.fromJSON` throws
 */
export function readResultsFile(file: string): CoverageResults {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new TstraceError(
      'TST_CANNOT_READ',
      `Cannot read the results file ${file}: ${reason}. Name one that --file or \`outfile\` has written.`,
    )
  }
  return CoverageResults.fromJSON(text, { file, allowOutside: true })
}

/**
 * Replaces a results file.
 *
 * @throws TstraceError `TST_CANNOT_WRITE`
 */
export function writeResultsFile(file: string, results: CoverageResults): void {
  writeFilesSync(dirname(file), [{ path: basename(file), text: resultsFile(results) }])
}
