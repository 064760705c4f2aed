import { resolve } from 'node:path'
import { COUNTS_FORMAT } from '@tstrace/results/counts-file'
import { sentenceOf } from '@tstrace/results/errors'
import { openRegular, piecesOfOpened } from '@tstrace/results/files'
import { printable } from '@tstrace/results/printable'
import { RECORDING } from '@tstrace/results/recording'
import type { OutputFile } from '@tstrace/results/writing'
import { writeFilesSync } from '@tstrace/results/writing'

/**
 * Writes files into a folder as `writeFilesSync` does; what it would throw is one problem. Another one is each counts file that
 * has the name of one of them: it has all earlier runs, and stays. Only a recording is replaced by the next one.
 *
 * @param where a sentence to go with it. Default: none
 */
export function problemsOfWriting(folder: string, files: readonly OutputFile[], where = ''): string[] {
  const counts = files.filter(({ path }) => path !== RECORDING && isCountsFile(resolve(folder, path)))
  const problems = counts.map(
    ({ path }) =>
      `${printable(resolve(folder, path))} is a counts file, and was not replaced by a report of that name: give one of them another place.`,
  )
  try {
    const others = counts.length > 0 ? files.filter((file) => !counts.includes(file)) : files
    writeFilesSync(folder, others)
    return problems
  } catch (error) {
    return [...problems, sentenceOf(error, where)]
  }
}

function isCountsFile(path: string): boolean {
  try {
    for (const piece of piecesOfOpened(openRegular(path)))
      return Buffer.from(piece).toString('latin1', 0, COUNTS_FORMAT.length) === COUNTS_FORMAT
  } catch {
    // What is not there, or no file, is nobody's counts.
  }
  return false
}

/**
 * Whether the counts of a run are lost where its report cannot be written, as a sentence.
 *
 * @param file the counts file that they are in; '' for none
 */
export function whereCounts(file: string): string {
  if (file === '') return 'The run has no counts file: what could not be written is lost.'
  const name = printable(file)
  return `The counts of this run are in ${name}: \`tstrace --report --file ${name}\` makes the report.`
}
