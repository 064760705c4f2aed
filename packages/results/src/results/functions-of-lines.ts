import { ascendingSites, lineRows } from './line-rows.ts'
import type { FunctionSite, Place, SiteTable } from './site-table.ts'

/**
 * The innermost function in whose body each executable line starts, the module for what no function has. Where a function
 * starts is not in it yet: its definition belongs to what is around it.
 *
 * @returns line (1-based) → function
 */
export function functionsOfLines(table: SiteTable): Map<number, FunctionSite> {
  const { functions } = table
  const found = new Map<number, FunctionSite>()
  const [module] = functions
  if (!module) return found
  const rows = lineRows(table)
  const around = [module]
  const place = { line: 0, column: 0 }
  let next = 1
  const order = ascendingSites(rows)
  for (let number = 0; number < rows.length; number++) {
    const at = order ? (order[number] as number) : number
    const line = rows.line(at)
    // The first thing on a line says where the line is.
    if (place.line === line) continue
    place.line = line
    place.column = rows.column(at)
    for (let site = functions[next]; site && isBefore(site, place); site = functions[++next]) {
      leave(around, site)
      around.push(site)
    }
    leave(around, place)
    found.set(line, around.at(-1) ?? module)
  }
  return found
}

function leave(around: FunctionSite[], place: Place): void {
  while (around.length > 1 && !isBefore(place, (around.at(-1) as FunctionSite).end)) around.pop()
}

function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column)
}
