import type { Context } from '@tstrace/results'
import { TstraceError } from '@tstrace/results/errors'
import { contextWords } from '@tstrace/results/internal'
import type { FormatInput, MakeFormat } from './format.ts'
import { LCOV, records } from './lcov.ts'
import { reportedSources } from './reported-sources.ts'

/**
 * LCOV with the records of each test, named by `TN`, and of what else ran: what is imported, hooks, late timers. Some readers
 * take the last record of a source for all of it, so that it is no part of `lcov.info`.
 *
 * @throws TstraceError `TST_NO_CONTEXTS` where nothing says what was running
 */
export const lcovTests: MakeFormat = (input) => {
  const { problems } = reportedSources(input, LCOV)
  const contexts = input.results.contexts()
  if (contexts.length === 0) throw withoutContexts()
  const text = { [Symbol.iterator]: () => recordsOfContexts(contexts, input) }
  return { files: [{ path: 'lcov-tests.info', text }], problems }
}

function* recordsOfContexts(contexts: readonly Context[], input: FormatInput): Generator<string, void> {
  for (const context of contexts) {
    const { sources } = reportedSources({ ...input, results: input.results.of(context) }, LCOV)
    yield* records(sources, nameOf(context))
  }
}

/** One name for each context, and for all attempts at a test: records of one name are added up. */
function nameOf(context: Context): string {
  if (context.kind === 'overlap') return context.members.map(nameOf).join(' or ')
  const { file, titles, what } = contextWords(context)
  const name = [...(file === '' ? [] : [file]), ...titles].join(' > ')
  if (what !== '') return `${name} (${what})`
  return context.kind === 'test' && context.index > 0 ? `${name} #${context.index + 1}` : name
}

function withoutContexts(): TstraceError {
  return new TstraceError(
    'TST_NO_CONTEXTS',
    'lcov-tests.info has what each test ran, and nothing was recorded that says what was running. Record with the option contexts, `file` or `test`.',
  )
}
