import { createSourceFilter, type SourceFilter } from '@tstrace/core/program'
import { componentKind } from '@tstrace/instrument/source-file'
import type { Orders } from '../orders.ts'

/**
 * Which files of a program are traced: those below the folder it was started from, `node_modules` excepted, and those
 * of the package that the program belongs to, wherever that is. Where files are included by name, those and no others. Of a
 * component Node runs nothing.
 */
export function programFilter(orders: Pick<Orders, 'root' | 'program' | 'home' | 'filters'>): SourceFilter {
  const { filters, home, program, root } = orders
  const filter = createSourceFilter(root, { ...filters, home, command: program })
  return (path) => {
    const verdict = filter(path)
    return verdict.trace && componentKind(path) ? UNCOMPILED : verdict
  }
}

const UNCOMPILED = {
  trace: false,
  reason: 'is a component, which a test runner counts behind its compiler',
} as const
