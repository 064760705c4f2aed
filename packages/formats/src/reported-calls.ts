import type { CallEdge } from '@tstrace/results'
import { codePointOrder } from '@tstrace/results/internal'
import type { FormatInput, MadeFormat } from './format.ts'

/** The calls of functions that are reported, sorted by caller and callee: resuming a generator is no call. */
export function reportedCalls({ keep, results }: FormatInput): CallEdge[] {
  return results
    .edges()
    .filter(({ callee, calls }) => calls > 0 && keep(callee.path))
    .sort(
      (a, b) =>
        codePointOrder(a.caller.path, b.caller.path) ||
        codePointOrder(a.caller.name, b.caller.name) ||
        codePointOrder(a.callee.path, b.callee.path) ||
        codePointOrder(a.callee.name, b.callee.name),
    )
}

/** What a format makes that is of nothing but calls: nothing where none were recorded. */
export function ofCalls({ results }: FormatInput, name: string, make: () => MadeFormat): MadeFormat {
  if (results.edges().length > 0) return make()
  return {
    files: [],
    problems: [`${name} shows calls, and none were recorded: that takes the option trackcalls (-T).`],
  }
}
