import type { Context } from '@tstrace/results'
import { TstraceError } from '@tstrace/results/errors'
import type { Recording } from './recording.ts'

/** @throws TstraceError `TST_NO_CONTEXTS` for a recording that does not say what was running */
export function refuseWithoutContexts({ contexts, file, runs }: Recording): void {
  if (contexts().length > 0) return
  if (runs.length > 0 && runs.every(({ runner }) => /^node\b/.test(runner))) {
    const advice = 'Record a run of the tests, or name what the program does with tracer.context.'
    throw new TstraceError(
      'TST_NO_CONTEXTS',
      `${file} is of a program, which has no tests and named no contexts. ${advice}`,
    )
  }
  const message = `${file} does not say which tests ran what: contexts were off when it was recorded.`
  throw new TstraceError(
    'TST_NO_CONTEXTS',
    `${message} Record again with the option contexts as "test", or as "file" for test files only.`,
  )
}

/** @throws TstraceError `TST_NO_CONTEXTS` for a recording that does not keep tests apart */
export function refuseWithoutTests(recording: Recording): void {
  refuseWithoutContexts(recording)
  const contexts = recording.contexts()
  if (contexts.every(isNamed)) {
    const message = `${recording.file} has no tests: what is told apart in it are contexts that a program has named.`
    throw new TstraceError('TST_NO_CONTEXTS', message)
  }
  if (contexts.some((context) => context.kind !== 'file' && !isNamed(context))) return
  const message = `${recording.file} keeps test files apart, but not their tests.`
  throw new TstraceError('TST_NO_CONTEXTS', `${message} Record again with the option contexts as "test".`)
}

function isNamed(context: Context): boolean {
  return context.kind === 'overlap' ? context.members.every(isNamed) : context.kind === 'named'
}
