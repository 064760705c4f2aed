import { printable } from '@tstrace/results/printable'
import type { Verdict } from '../filter/source-filter.ts'

/** What `debug` says: one line for each file by its path from the root, sorted. */
export function verdictLines(verdicts: ReadonlyMap<string, Verdict>): readonly string[] {
  const sorted = [...verdicts].sort(([a], [b]) => (a < b ? -1 : 1))
  return sorted.map(([path, { trace, reason }]) =>
    printable(`${trace ? 'traced ' : 'ignored'} ${path}: ${reason}`),
  )
}
