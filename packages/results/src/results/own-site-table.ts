import type { BranchArm, BranchSite, FunctionSite, LineSite, Place, SiteTable } from './site-table.ts'

const copies = new WeakMap<SiteTable, SiteTable>()

/**
 * A frozen copy of a site table, with its keys in one fixed order, so that results share tables without
 * anybody being able to change them. The same table gives the same copy; a copy gives itself.
 */
export function ownSiteTable(table: SiteTable): SiteTable {
  const known = copies.get(table)
  if (known) return known
  const copy: SiteTable = Object.freeze({
    counters: table.counters,
    lines: Object.freeze(table.lines.map(copyLine)),
    functions: Object.freeze(table.functions.map(copyFunction)),
    branches: Object.freeze(table.branches.map(copyBranch)),
  })
  copies.set(table, copy)
  copies.set(copy, copy)
  return copy
}

/** As `ownSiteTable`, for a table that nobody else has: it is itself frozen, and no copy. */
export function takenSiteTable(table: SiteTable): SiteTable {
  for (const { counters } of table.lines) Object.freeze(counters)
  for (const { end } of table.functions) Object.freeze(end)
  for (const { arms, end } of table.branches) {
    for (const arm of arms) Object.freeze(Object.freeze(arm).end)
    Object.freeze(arms)
    Object.freeze(end)
  }
  for (const list of [table.lines, table.functions, table.branches]) {
    for (const site of list) Object.freeze(site)
    Object.freeze(list)
  }
  return noteOwnTable(table)
}

/** As `takenSiteTable`, for one whose parts nobody can change. */
export function noteOwnTable<Table extends SiteTable>(table: Table): Table {
  copies.set(table, Object.freeze(table))
  return table
}

function copyPlace({ line, column }: Place): Place {
  return Object.freeze({ line, column })
}

function copyLine({ line, column, counters, rule, pragma }: LineSite): LineSite {
  const copy = { line, column, counters: Object.freeze([...counters]), rule }
  return Object.freeze(pragma ? { ...copy, pragma } : copy)
}

function copyFunction({ line, column, name, end, counter }: FunctionSite): FunctionSite {
  return Object.freeze({ line, column, name, end: copyPlace(end), counter })
}

function copyBranch({ line, column, kind, end, arms }: BranchSite): BranchSite {
  return Object.freeze({ line, column, kind, end: copyPlace(end), arms: Object.freeze(arms.map(copyArm)) })
}

function copyArm({ line, column, end, counter }: BranchArm): BranchArm {
  return Object.freeze({ line, column, end: copyPlace(end), counter })
}
