import { createContext, runInContext } from 'node:vm'
import { drainState } from '@tstrace/core/program'
import { instrument } from '@tstrace/instrument'
import { stateOf } from '@tstrace/instrument/runtime'
import { type Context, CoverageResults, type TestState } from '@tstrace/results'
import type { Recording } from '../src/recording/recording.ts'
import { recordingOf, testNamed } from './recorded.ts'

export const PATH = 'src/a.js'

const IMPORT: Context = { kind: 'import', project: '', file: 'test/a.test.ts' }

/**
 * The recording of a script that was run, and then of calls into it, each in the context of a test of that name. What they
 * throw is of no interest.
 */
export function recordingOfText(
  text: string,
  calls: readonly string[] = [],
  { branches = false, state = 'passed' }: { branches?: boolean; state?: TestState } = {},
): Recording {
  const made = instrument(text, { file: PATH, calls: true, branches, lang: 'js' })
  if (!made) throw new Error('Nothing in the text counts.')
  const realm = createContext({})
  const results = new CoverageResults()
  const run = (code: string, context: Context): void => {
    try {
      runInContext(code, realm)
    } catch {}
    const state = stateOf(runInContext('globalThis', realm) as object)
    const counted = state && drainState(state)
    results.addContext(context)
    for (const { counts } of counted?.sources ?? [])
      results.addSource({ path: PATH, hash: made.hash, sites: made.sites, counts }, context)
  }
  run(made.code, IMPORT)
  for (const call of calls) run(call, testNamed(call, { state }))
  return recordingOf(
    {},
    {
      contexts: () => results.contexts(),
      versions: () => results.versions(),
      results: () => results,
      text: () => text,
    },
  )
}
