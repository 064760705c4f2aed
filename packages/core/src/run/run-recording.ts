import { resolve } from 'node:path'
import { type CountsData, type RecordingFile, recordingFile } from '@tstrace/results/counts-file'
import { printable } from '@tstrace/results/printable'
import { RECORDING } from '@tstrace/results/recording'
import type { TstraceOptions } from '../options/tstrace-options.ts'
import { textOf } from './text-that-ran.ts'

interface RecordingPlace extends Pick<TstraceOptions, 'coverdir' | 'file'> {
  /** Absolute path of the folder that paths and names are relative to. */
  readonly root: string
  /** Gives the texts that ran, as they are counted. Default: those on disk */
  readonly text?: ReturnType<typeof textOf>
}

/**
 * The recording of what a report is about, with the texts that are on disk; without those that are there no more.
 *
 * @param place `file` is the counts file that runs are added to; '' for none
 */
export function runRecording(
  data: CountsData,
  { coverdir, file, root, text = textOf(root) }: RecordingPlace,
): RecordingFile {
  if (file !== '' && resolve(root, file) === resolve(root, coverdir, RECORDING))
    return { files: [], problems: [addedTo(file)] }
  return recordingFile(data, (path, hash) => text({ path, hash }))
}

function addedTo(file: string): string {
  const place = printable(file)
  return `${place} is what runs are added to, so that it is no recording of this run with the texts of its sources: give \`file\` or \`--file\` another name.`
}
