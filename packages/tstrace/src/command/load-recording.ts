import { realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  hasLabels,
  identifyProject,
  labelText,
  readCountsFile,
  rebaseResults,
  sumLabelled,
} from '@tstrace/core/adapter'
import { TstraceError } from '@tstrace/core/errors'
import type { Recording } from '@tstrace/questions'
import { refuseUnknownLabels } from './refuse-unknown-labels.ts'

/** What says which recording is asked. */
interface Which {
  readonly file: string | undefined
  readonly label: readonly string[]
}

/**
 * The recording that is asked: what is in a counts file, with paths as they are from the current folder.
 *
 * @throws TstraceError what `readCountsFile` throws, `TST_LABEL` for a label that no run has
 */
export function loadRecording({ file, label }: Which): Recording {
  if (file === undefined)
    throw new TstraceError('TST_NO_RECORDING', 'There is no recording. Name a counts file with --file FILE.')
  const root = realpathSync(process.cwd())
  const { base } = identifyProject(root)
  const { counted, head } = readCountsFile(resolve(root, file))
  const wanted = labelText(label).split(',').filter(Boolean)
  refuseUnknownLabels(wanted, [...counted.keys()])
  return {
    file,
    runs: head.runs.filter((run) => hasLabels(run.label, wanted)),
    results: rebaseResults(sumLabelled(counted, wanted), head.base, base),
    stateOf: () => 'unknown',
  }
}
