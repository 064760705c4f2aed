import { resolve } from 'node:path'
import { COUNTS_FORMAT } from '@tstrace/results/counts-file'
import { TstraceError } from '@tstrace/results/errors'
import { cannotWrite, openRegular, piecesOfOpened } from '@tstrace/results/files'
import { printable } from '@tstrace/results/printable'
import { KEPT_RECORDINGS, RECORDING } from '@tstrace/results/recording'
import type { OutputFile } from '@tstrace/results/writing'
import { writeFilesSync } from '@tstrace/results/writing'

/**
 * Writes files into a folder as `writeFilesSync` does; what it would throw is one problem. Another one is each counts file that
 * has the name of one of them: it has all earlier runs, and stays. Only a recording is replaced by
 * the next one; what has its name and is none stays, too.
 *
 * @param where a sentence to go with it. Default: none
 * @returns `TST_CANNOT_WRITE` or `TST_OUTSIDE_FOLDER`
 */
export function problemsOfWriting(
  folder: string,
  files: readonly OutputFile[],
  where = '',
): readonly TstraceError[] {
  const staying = files.filter(({ path }) => isCountsFile(resolve(folder, path)) === !isRecording(path))
  const problems = staying.map(({ path }) => {
    const what = isRecording(path) ? 'no recording' : 'a counts file'
    const message = `${resolve(folder, path)} is ${what}, and was not replaced by a report of that name.`
    return new TstraceError('TST_CANNOT_WRITE', `${message} Give one of them another place.`)
  })
  try {
    const others = staying.length > 0 ? files.filter((file) => !staying.includes(file)) : files
    writeFilesSync(folder, others)
    return problems
  } catch (error) {
    const failure = cannotWrite(folder, error)
    if (where !== '') failure.message += ` ${where}`
    return [...problems, failure]
  }
}

function isRecording(path: string): boolean {
  return path === RECORDING || path.startsWith(`${KEPT_RECORDINGS}/`)
}

/** Undefined for what has nothing in it, is no file, or is not there. */
function isCountsFile(path: string): boolean | undefined {
  try {
    const { descriptor, size } = openRegular(path)
    for (const piece of piecesOfOpened({ descriptor, size: Math.min(size, COUNTS_FORMAT.length) }))
      return Buffer.from(piece).toString('latin1', 0, COUNTS_FORMAT.length) === COUNTS_FORMAT
  } catch {
    // Nobody's counts.
  }
  return undefined
}

/**
 * What is said of a run of which nothing is kept.
 *
 * @param noReport how the option is written where the run was started, and so `file`
 */
export function nothingKept(noReport: string, file: string): string {
  return (
    `Nothing is kept of this run: ${noReport} writes no report, and no counts file is named. ` +
    `Name one with ${file}, or leave ${noReport} out.`
  )
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
