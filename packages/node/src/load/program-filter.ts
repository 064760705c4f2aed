import { sep } from 'node:path'
import { createSourceFilter, type SourceFilter } from '@tstrace/core/program'
import { pathFromRoot } from '@tstrace/core/source-file'
import type { Orders } from '../orders.ts'

/**
 * Which files of a program are traced: those below the folder it was started from, `node_modules` excepted, and those
 * of the package that the program belongs to, wherever that is. What is ignored is so in both.
 */
export function programFilter(
  orders: Pick<Orders, 'root' | 'program' | 'home' | 'ignoreDir' | 'ignoreModule'>,
): SourceFilter {
  const { home, ignoreDir, ignoreModule, program, root } = orders
  const own = `${escaped(pathFromRoot(root, home)) || '.'}/`
  const below = createSourceFilter(root, { include: [], exclude: [], ignoreDir, ignoreModule })
  const ofPackage = createSourceFilter(root, {
    include: [`${own}**`],
    exclude: [`${own}**/node_modules/**`],
    ignoreDir,
    ignoreModule,
  })
  // Commands have no extension, which says nothing about them.
  const named = createSourceFilter(root, { include: [`${own}**`], exclude: [], ignoreDir, ignoreModule })
  return (path) => {
    if (path === program) return named(/\.\w+$/.test(path) ? path : `${path}.js`)
    const verdict = below(path)
    return verdict.trace || !path.startsWith(home + sep) ? verdict : ofPackage(path)
  }
}

/** A path as a glob that matches nothing else. */
function escaped(path: string): string {
  return path.replaceAll(/[!()*+?@[\\\]{}]/g, '\\$&')
}
