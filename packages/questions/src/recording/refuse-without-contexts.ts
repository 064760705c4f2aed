import { TstraceError } from '@tstrace/results/errors'
import type { Recording } from './recording.ts'

/** @throws TstraceError `TST_NO_CONTEXTS` for a recording that does not say what was running */
export function refuseWithoutContexts({ contexts, file }: Recording): void {
  if (contexts().length > 0) return
  const message = `${file} does not say which tests ran what: contexts were off when it was recorded.`
  throw new TstraceError(
    'TST_NO_CONTEXTS',
    `${message} Record again with the option contexts as "test", or as "file" for test files only.`,
  )
}

/** @throws TstraceError `TST_NO_CONTEXTS` for a recording that does not keep tests apart */
export function refuseWithoutTests(recording: Recording): void {
  refuseWithoutContexts(recording)
  if (recording.contexts().some(({ kind }) => kind !== 'file' && kind !== 'named')) return
  const message = `${recording.file} keeps test files apart, but not their tests.`
  throw new TstraceError('TST_NO_CONTEXTS', `${message} Record again with the option contexts as "test".`)
}
