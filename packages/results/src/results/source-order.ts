import { codePointOrder } from './code-point-order.ts'
import type { SourceCounts, SourceVersion } from './results-data.ts'

export function isSameText(a: SourceVersion, b: SourceVersion | undefined): boolean {
  return a.path === b?.path && a.hash === b.hash
}

/** By path, hash and site table. */
export function compareSources(a: SourceCounts, b: SourceCounts): number {
  return (
    codePointOrder(a.path, b.path) ||
    codePointOrder(a.hash, b.hash) ||
    (a.sites === b.sites ? 0 : codePointOrder(JSON.stringify(a.sites), JSON.stringify(b.sites)))
  )
}
