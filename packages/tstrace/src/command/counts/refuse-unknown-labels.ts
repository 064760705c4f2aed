import { hasLabels } from '@tstrace/results/counts-file'
import { TstraceError } from '@tstrace/results/errors'

/** @throws TstraceError `TST_LABEL` for labels that no run has, with those there are */
export function refuseUnknownLabels(wanted: readonly string[], known: readonly string[]): void {
  if (wanted.length === 0 || known.some((label) => hasLabels(label, wanted))) return
  const there = known.filter(Boolean).sort().join('; ') || 'none at all'
  const message = `No run in the counts files has the label ${wanted.join(',')}. There are: ${there}.`
  throw new TstraceError('TST_LABEL', `${message} Leave --label out to report all.`)
}
