import type { FunctionSite, LineSite, Place, SiteTable } from './site-table.ts'

/**
 * The innermost function in whose body each executable line starts, the module for what no function has. Where a function
 * starts is not in it yet: its definition belongs to what is around it.
 *
 * @returns line (1-based) → function
 */
export function functionsOfLines({ functions, lines }: SiteTable): Map<number, FunctionSite> {
  const found = new Map<number, FunctionSite>()
  const [module] = functions
  if (!module) return found
  const around = [module]
  let next = 1
  let latest = 0
  for (const place of inOrder(lines)) {
    // The first thing on a line says where the line is.
    if (place.line === latest) continue
    latest = place.line
    for (let site = functions[next]; site && isBefore(site, place); site = functions[++next]) {
      leave(around, site)
      around.push(site)
    }
    leave(around, place)
    found.set(latest, around.at(-1) ?? module)
  }
  return found
}

function inOrder(sites: readonly LineSite[]): readonly LineSite[] {
  for (let at = 1; at < sites.length; at++)
    if (isBefore(sites[at] as LineSite, sites[at - 1] as LineSite))
      return [...sites].sort((a, b) => a.line - b.line || a.column - b.column)
  return sites
}

function leave(around: FunctionSite[], place: Place): void {
  while (around.length > 1 && !isBefore(place, (around.at(-1) as FunctionSite).end)) around.pop()
}

function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column)
}
