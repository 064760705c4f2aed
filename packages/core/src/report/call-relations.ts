import type { CoverageResults } from '@tstrace/results'
import { type CallEdge, eventLoop, type FunctionReference } from '@tstrace/results'
import { codePointOrder } from '@tstrace/results/internal'
import { printable } from '@tstrace/results/printable'
import type { FunctionReportOptions } from './function-list.ts'
import { namesOf } from './names.ts'

/**
 * Who called whom, as Python's `--trackcalls` prints it: one block per calling file, a `  -->` line where
 * the called file changes, then the pairs, all in code-point order. A pair is shown once, however many calls
 * it stands for, and also where a generator was only resumed, as in Python. `keep` drops the pairs whose
 * callee is in another file.
 *
 * @returns lines with their ends, made again each time one asks for them; none when there are no pairs
 */
export function callRelations(
  results: CoverageResults,
  options: FunctionReportOptions = {},
): Iterable<string> {
  // They are asked for several times, and there may be a million.
  const edges = shownEdges(results, options)
  const fullName = fullNames(results)
  return { [Symbol.iterator]: () => relationLines(edges, fullName) }
}

type FullName = (reference: FunctionReference) => string

function* relationLines(edges: readonly CallEdge[], fullName: FullName): Generator<string, void> {
  let callerFile: string | undefined
  let calleeFile: string | undefined
  for (const { caller, callee } of edges) {
    if (callerFile === undefined) yield* ['\n', 'calling relationships:\n']
    const file = caller.path || eventLoop.name
    if (file !== callerFile) {
      yield* ['\n', `*** ${printable(file)} ***\n`]
      callerFile = file
      calleeFile = undefined
    }
    // As in Python, a pair inside the caller's own file prints no header and leaves the last one standing.
    if (callee.path !== file && callee.path !== calleeFile) {
      yield `  --> ${printable(callee.path)}\n`
      calleeFile = callee.path
    }
    yield `    ${fullName(caller)} -> ${fullName(callee)}\n`
  }
}

/** The event loop is sorted by its name: it has no path. */
function shownEdges(results: CoverageResults, options: FunctionReportOptions): readonly CallEdge[] {
  const keep = keptPaths(options)
  const kept = results
    .edges()
    .filter(({ callee, calls, resumptions }) => calls + resumptions > 0 && keep(callee.path))
  const start = firstOf(kept, ({ caller }) => caller.path !== eventLoop.path)
  const loop = firstOf(kept, ({ caller }) => codePointOrder(caller.path, eventLoop.name) > 0)
  return [...kept.slice(start, loop), ...kept.slice(0, start), ...kept.slice(loop)]
}

function firstOf(edges: readonly CallEdge[], is: (edge: CallEdge) => boolean): number {
  const first = edges.findIndex(is)
  return first < 0 ? edges.length : first
}

function keptPaths({ keep }: FunctionReportOptions): (path: string) => boolean {
  const verdicts = new Map<string, boolean>()
  return (path) => {
    const known = verdicts.get(path)
    if (known !== undefined) return known
    const verdict = keep ? keep(path) : true
    verdicts.set(path, verdict)
    return verdict
  }
}

/** What a pair shows of a function: `src.recurse.recurse`, or the name of the event loop. */
function fullNames(results: CoverageResults): FullName {
  const names = namesOf(results)
  const known = new Map<FunctionReference, string>()
  return (reference) => {
    const { name, path } = reference
    const full =
      known.get(reference) ??
      printable(path === eventLoop.path ? name : `${names.get(path)?.module ?? path}.${name}`)
    known.set(reference, full)
    return full
  }
}
