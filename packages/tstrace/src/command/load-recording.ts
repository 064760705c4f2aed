import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { readRecording, TstraceError } from '@tstrace/core/recording'
import type { Recording } from '@tstrace/questions'

/** What says which recording is asked. */
interface Which {
  readonly file: string | undefined
  readonly label: readonly string[]
}

/**
 * The recording that is asked, with paths as they are from the current folder.
 *
 * @throws TstraceError what `readRecording` throws; `TST_NO_RECORDING` where there is nothing to ask
 */
export function loadRecording({ file, label: labels }: Which): Recording {
  if (file === undefined)
    throw new TstraceError('TST_NO_RECORDING', 'There is no recording. Name a counts file with --file FILE.')
  const root = realpathSync(process.cwd())
  return { ...readRecording(resolve(root, file), { root, labels }), file, stateOf: () => 'same' }
}
