import type { FunctionSite, LineSite, SiteTable } from '@tstrace/results'
import { isAround } from './is-around.ts'
import type { LineMap } from './line-map.ts'
import { spotOf } from './origins.ts'

/**
 * `const text = t1;`, which React Compiler writes behind where it has kept what stood behind the `=`. Babel may print a comment of
 * Istanbul's in it, and Istanbul puts a counter in front of the value.
 */
const NAMED = /^(?:const|let)\s+(?:\/\*.*\*\/\s+)?\S.* = (?:\(cov_\w+\(\)\.s\[\d+\]\+\+, )?(t\d+)\)?;/

/**
 * The statements that make a value which React Compiler keeps, `t1 = item.toUpperCase(); $[1] = t1;`, each with the one that gives it its
 * name: the author wrote both as one, and what they say runs where the value is made.
 */
export function keptValues({ functions, lines }: SiteTable, map: LineMap): Map<LineSite, LineSite> {
  const found = new Map<LineSite, LineSite>()
  const known = new Map<LineSite, FunctionSite | undefined>()
  const functionOf = (site: LineSite): FunctionSite | undefined => {
    if (!known.has(site)) known.set(site, functions.findLast(isAround(site)))
    return known.get(site)
  }
  for (const [place, named] of lines.entries()) {
    const [, value] = NAMED.exec(map.textAt(spotOf(named), 3)) ?? []
    if (value === undefined) continue
    const lastOf = (begin: RegExp, end: number): number => {
      let at = end - 1
      const isMeant = (site: LineSite): boolean =>
        begin.test(`${map.textAt(spotOf(site))}\n`) && functionOf(site) === functionOf(named)
      while (at >= 0 && !isMeant(lines[at] as LineSite)) at--
      return at
    }
    const kept = lastOf(new RegExp(`^\\$\\w*\\[\\d+\\] = ${value};`), place)
    const made = lastOf(new RegExp(`^${value} =\\s`), kept)
    if (made >= 0) found.set(lines[made] as LineSite, named)
  }
  return found
}
