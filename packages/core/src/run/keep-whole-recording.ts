import { join } from 'node:path'
import type { RunRecord } from '@tstrace/results/counts-file'
import { sentenceOf } from '@tstrace/results/errors'
import { readSource } from '@tstrace/results/files'
import { KEPT_RECORDINGS, RECORDING, readRuns } from '@tstrace/results/recording'
import { problemsOfWriting } from './problems-of-writing.ts'

/** There is one at most, so that the folder does not grow. */
const KEPT = `${KEPT_RECORDINGS}/whole.counts`

/**
 * Keeps the recording of an output folder that a run is about to replace which was only of a part of the tests of its test files:
 * what the others ran stays known. That of a part itself is let go.
 *
 * @param folder absolute path
 * @param runs those that are to be recorded now
 * @returns a sentence if that cannot be written
 */
export function keepWholeRecording(folder: string, runs: readonly RunRecord[]): string[] {
  if (!runs.some(isPart)) return []
  const path = join(folder, RECORDING)
  const before = runsOf(path)
  if (before.length === 0 || before.some(isPart)) return []
  return problemsOfWriting(folder, [{ path: KEPT, text: readSource(path) }]).map((error) => sentenceOf(error))
}

function isPart({ part }: RunRecord): boolean {
  return part !== undefined
}

/** What cannot be read is no evidence either. */
function runsOf(path: string): readonly RunRecord[] {
  try {
    return readRuns(path)
  } catch {
    return []
  }
}
