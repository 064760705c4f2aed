import type { LineSite, SiteTable } from '@tstrace/results'
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
  for (const [place, named] of lines.entries()) {
    const [, value] = NAMED.exec(map.textAt(spotOf(named), 3)) ?? []
    if (value === undefined) continue
    const around = functions.findLast(isAround(named))
    const own = lines.slice(0, place).filter((site) => functions.findLast(isAround(site)) === around)
    const says = (begin: RegExp) => (site: LineSite) => begin.test(`${map.textAt(spotOf(site))}\n`)
    const kept = own.findLastIndex(says(new RegExp(`^\\$\\w*\\[\\d+\\] = ${value};`)))
    const made = own.slice(0, Math.max(kept, 0)).findLast(says(new RegExp(`^${value} =\\s`)))
    if (made) found.set(made, named)
  }
  return found
}
