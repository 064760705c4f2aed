import { createContext, runInContext } from 'node:vm'
import { drainState } from '@tstrace/core/program'
import { instrument } from '@tstrace/instrument'
import { stateOf } from '@tstrace/instrument/runtime'
import { CoverageResults, eventLoop } from '@tstrace/results'
import type { Recording } from '../../src/recording/recording.ts'
import { recordingOf } from '../recorded.ts'

/** Texts of scripts by their paths. They share one scope, so that functions can move from one to another. */
export type Program = Readonly<Record<string, string>>

/** The recording of a program that is run, and then of a call into it. What that throws is of no interest. */
export function recordingOfProgram(program: Program, call: string): Recording {
  const made = Object.entries(program).flatMap(([path, text]) => {
    const result = instrument(text, { file: path, calls: true, lang: 'js' })
    return result ? [{ path, ...result }] : []
  })
  const realm = createContext({})
  for (const { code } of made) runInContext(code, realm)
  try {
    runInContext(call, realm)
  } catch {}
  const state = stateOf(runInContext('globalThis', realm) as object)
  const counted = state && drainState(state)
  const results = new CoverageResults()
  const byId = new Map(made.map((one) => [one.id, one]))
  for (const { counts, id, path } of counted?.sources ?? []) {
    const { hash = '', sites } = byId.get(id) ?? {}
    if (sites) results.addSource({ path, hash, sites, counts })
  }
  const functionAt = (id: string, index: number) => {
    const one = byId.get(id)
    return one ? { path: one.path, name: one.sites.functions[index]?.name ?? '' } : eventLoop
  }
  for (const edge of counted?.edges ?? [])
    results.addEdge({
      caller: functionAt(edge.callerId, edge.callerFunction),
      callee: functionAt(edge.calleeId, edge.calleeFunction),
      calls: edge.calls,
      resumptions: edge.resumptions,
    })
  return recordingOf(
    {},
    {
      versions: () => results.versions(),
      results: () => results,
      text: ({ path }) => program[path],
    },
  )
}
