import { extname } from 'node:path'
import { createSourceFilter, type SourceFilter, type Verdict } from '@tstrace/core/program'
import { isBelow, pathFromRoot } from '@tstrace/core/source-file'
import type { Orders } from '../orders.ts'

const OWN: Verdict = { trace: true, reason: 'belongs to the package of the program' }

/**
 * Which files of a program are traced: those below the folder it was started from, `node_modules` excepted, and those
 * of the package that the program belongs to, wherever that is. Where files are included by name, those and no others.
 */
export function programFilter(orders: Pick<Orders, 'root' | 'program' | 'home' | 'filters'>): SourceFilter {
  const { filters, home, program, root } = orders
  const given = { ...filters, ...(extname(program) === '' && { command: program }) }
  const asked = createSourceFilter(root, given)
  if (filters.include.length > 0) return asked
  const own = `${escaped(pathFromRoot(root, home)) || '.'}/`
  const ofPackage = createSourceFilter(root, {
    ...given,
    include: [`${own}**`],
    exclude: [...filters.exclude, `${own}**/node_modules/**`],
  })
  return (path) => {
    const verdict = asked(path)
    return !verdict.trace && isBelow(home, path) && ofPackage(path).trace ? OWN : verdict
  }
}

/** A path as a glob that matches nothing else. */
function escaped(path: string): string {
  return path.replaceAll(/[!()*+?@[\\\]{}]/g, '\\$&')
}
