import { printable } from '../printable.ts'
import { codePointOrder } from '../results/code-point-order.ts'
import type { CoverageResults } from '../results/coverage-results.ts'
import { eventLoop, type FunctionReference } from '../results/results-data.ts'
import type { FunctionReportOptions } from './function-list.ts'
import { namesOf, type ReportName } from './names.ts'

interface Relation {
  readonly caller: ShownFunction
  readonly callee: ShownFunction
}

interface ShownFunction {
  /** What the headers show; the name of the event loop for the event loop. */
  readonly file: string
  readonly name: string
  /** What the pair shows: `src.recurse.recurse`. */
  readonly full: string
}

/**
 * Who called whom, as Python's `--trackcalls` prints it: one block per calling file, a `  -->` line where
 * the called file changes, then the pairs, all in code-point order. A pair is shown once, however many calls
 * it stands for, and also where a generator was only resumed, as in Python. `keep` drops the pairs whose
 * callee is in another file. Empty when there are no pairs.
 */
export function callRelations(results: CoverageResults, options: FunctionReportOptions = {}): string {
  const relations = keptRelations(results, options)
  if (relations.length === 0) return ''
  const lines = ['', 'calling relationships:']
  let callerFile: string | undefined
  let calleeFile: string | undefined
  for (const { caller, callee } of relations) {
    if (caller.file !== callerFile) {
      lines.push('', `*** ${printable(caller.file)} ***`)
      callerFile = caller.file
      calleeFile = undefined
    }
    // As in Python, a pair inside the caller's own file prints no header and leaves the last one standing.
    if (callee.file !== caller.file && callee.file !== calleeFile) {
      lines.push(`  --> ${printable(callee.file)}`)
      calleeFile = callee.file
    }
    lines.push(`    ${printable(caller.full)} -> ${printable(callee.full)}`)
  }
  return `${lines.join('\n')}\n`
}

function keptRelations(results: CoverageResults, options: FunctionReportOptions): Relation[] {
  const names = namesOf(results)
  const keep = options.keep ?? (() => true)
  return results
    .edges()
    .filter(({ callee, calls, resumptions }) => calls + resumptions > 0 && keep(callee.path))
    .map(({ caller, callee }) => ({ caller: shown(caller, names), callee: shown(callee, names) }))
    .sort((a, b) => compare(a.caller, b.caller) || compare(a.callee, b.callee))
}

function shown({ path, name }: FunctionReference, names: ReadonlyMap<string, ReportName>): ShownFunction {
  if (path === eventLoop.path) return { file: eventLoop.name, name, full: eventLoop.name }
  return { file: path, name, full: `${names.get(path)?.module ?? path}.${name}` }
}

function compare(a: ShownFunction, b: ShownFunction): number {
  return codePointOrder(a.file, b.file) || codePointOrder(a.name, b.name)
}
