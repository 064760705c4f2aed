import { printable } from '@tstrace/results/printable'
import type { Reason, SelectedFile, Selection } from './select-tests.ts'

/** What is said of a selection beside the files themselves, as lines. */
export function selectionText({ everything, selected, skipped }: Selection): string[] {
  const [first, ...others] = everything
  if (first !== undefined) {
    const more =
      others.length > 0 ? ` (${others.length} more ${others.length === 1 ? 'reason' : 'reasons'})` : ''
    return [printable(`Everything runs: ${first}${more}`)]
  }
  const all = selected.length + skipped.length
  return [
    `${selected.length} of ${all} test ${all === 1 ? 'file' : 'files'} ${selected.length === 1 ? 'has' : 'have'} to run.`,
    ...selected.map((file) => `  ${nameOf(file)}: ${reasonsText(file)}`),
  ]
}

function nameOf({ file, project }: SelectedFile): string {
  return printable(project === '' ? file : `${file} (${project})`)
}

function reasonsText({ reasons }: SelectedFile): string {
  const [first, ...others] = reasons
  return `${first ? reasonText(first) : ''}${others.length > 0 ? `, ${others.length} more` : ''}`
}

/** A reason, as the end of a sentence about a test file. */
export function reasonText(reason: Reason): string {
  switch (reason.kind) {
    case 'changed':
      return 'was changed itself'
    case 'unseen':
      return 'is ignored by git, so that nobody knows whether it was changed'
    case 'unrecorded':
      return 'is in no recording: it is new, or ran nothing that was counted'
    case 'uncounted':
      return 'ran nothing that was counted, so that nobody knows what it depends on'
    case 'failed':
      return 'had a test that failed when it was recorded'
    case 'snapshot':
      return printable(`its snapshots ${reason.path} were changed`)
    case 'function': {
      const times = reason.calls === 1 ? 'once' : `${reason.calls} times`
      return printable(`ran ${reason.name} of ${reason.path}:${reason.line} ${times}`)
    }
    case 'module':
      return printable(
        reason.isGone
          ? `loaded ${reason.path}, which is gone`
          : `loaded ${reason.path}, changed outside of functions`,
      )
  }
}
