import { sentenceOf } from '../errors.ts'
import type { OutputFile } from '../files/output-file.ts'
import { writeFilesSync } from '../files/write-files.ts'
import { printable } from '../printable.ts'

/**
 * Writes files into a folder as `writeFilesSync` does; what it would throw is the one problem.
 *
 * @param where a sentence to go with it. Default: none
 */
export function problemsOfWriting(folder: string, files: readonly OutputFile[], where = ''): string[] {
  try {
    writeFilesSync(folder, files)
    return []
  } catch (error) {
    return [sentenceOf(error, where)]
  }
}

/**
 * Whether the counts of a run are lost where its report cannot be written, as a sentence.
 *
 * @param file the counts file that they are in; '' for none
 */
export function whereCounts(file: string): string {
  if (file === '') return 'No file has the counts of this run: what is printed is all that is left of them.'
  const name = printable(file)
  return `The counts of this run are in ${name}: \`tstrace --report --file ${name}\` makes the report.`
}
