import { createSourceFilter, type SourceFilter } from '@tstrace/core/program'
import type { Orders } from '../orders.ts'

/**
 * Which files of a program are traced: those below the folder it was started from, `node_modules` excepted, and those
 * of the package that the program belongs to, wherever that is. Where files are included by name, those and no others.
 */
export function programFilter(orders: Pick<Orders, 'root' | 'program' | 'home' | 'filters'>): SourceFilter {
  const { filters, home, program, root } = orders
  return createSourceFilter(root, { ...filters, home, command: program })
}
