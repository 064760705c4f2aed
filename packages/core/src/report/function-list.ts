import type { CoverageResults } from '@tstrace/results'
import { codePointOrder } from '@tstrace/results/internal'
import { printable } from '@tstrace/results/printable'
import { namesOf } from './names.ts'

/** Which files a report on functions speaks of. */
export interface FunctionReportOptions {
  /** Says by path whether to keep what happens in a file; without it everything is kept. */
  readonly keep?: (path: string) => boolean
}

/**
 * The functions that were called, as Python's `--listfuncs` prints them, sorted by path, module and name in
 * code-point order. `keep` drops the functions of other files.
 *
 * @returns lines with their ends; none when nothing was called
 */
export function functionList(
  results: CoverageResults,
  options: FunctionReportOptions = {},
): readonly string[] {
  const names = namesOf(results)
  const keep = options.keep ?? (() => true)
  const called = results.calledFunctions().filter(({ path }) => keep(path))
  if (called.length === 0) return []
  // The file comes first and has one module, so that path and name decide the order.
  called.sort((a, b) => codePointOrder(a.path, b.path) || codePointOrder(a.name, b.name))
  const rows = called.map(({ path, name }) => {
    const module = names.get(path)?.module ?? path
    return `filename: ${printable(path)}, modulename: ${printable(module)}, funcname: ${printable(name)}\n`
  })
  return ['\n', 'functions called:\n', ...new Set(rows)]
}
