import { Damage, fieldsOf, isWhole, listOf, shown, textOf } from './damage.ts'
import type { PackedSiteTable } from './packed-site-table.ts'
import type { BranchSite } from './site-table.ts'

/** Every kind of `BranchSite`. */
export const branchKinds: readonly string[] = [
  'if',
  'cond-expr',
  'binary-expr',
  'switch',
  'default-arg',
] satisfies BranchSite['kind'][]

/**
 * Checks the site table of a results file: its rows have the shape of `PackedSiteTable` and name only
 * counters that are there.
 *
 * @throws Damage
 */
export function checkSiteTable(value: unknown, where: string, counters: number): PackedSiteTable {
  const table = fieldsOf(value, where, ['rules', 'lines', 'functions', 'branches'])
  const rules = listOf(table.rules, `${where}.rules`)
  for (const [i, rule] of rules.entries()) textOf(rule, `${where}.rules[${i}]`)
  checkRows(table.lines, `${where}.lines`, (row) => isLine(row, rules.length, counters))
  checkRows(table.functions, `${where}.functions`, (row) => isFunction(row, counters))
  checkRows(table.branches, `${where}.branches`, (row) => isBranch(row, counters))
  return value as PackedSiteTable
}

function checkRows(value: unknown, where: string, isRow: (row: readonly unknown[]) => boolean): void {
  listOf(value, where).forEach((row, i) => {
    if (!Array.isArray(row) || !isRow(row))
      throw new Damage(`${where}[${i}]`, `is not a row of its kind: ${shown(row)}`)
  })
}

function isLine(row: readonly unknown[], rules: number, counters: number): boolean {
  // Of a large project there are some hundred thousand.
  if (!isPlace(row[0], row[1]) || !isIndex(row[2], rules) || (row[3] !== 0 && row[3] !== 1)) return false
  for (let at = 4; at < row.length; at++) if (!isIndex(row[at], counters)) return false
  return true
}

function isFunction(row: readonly unknown[], counters: number): boolean {
  const [name, ...span] = row
  return typeof name === 'string' && isCountedSpan(span, counters)
}

function isBranch(row: readonly unknown[], counters: number): boolean {
  const [kind, line, column, endLine, endColumn, arms] = row
  return (
    row.length === 6 &&
    branchKinds.includes(kind as string) &&
    isPlace(line, column) &&
    isPlace(endLine, endColumn) &&
    Array.isArray(arms) &&
    arms.every((arm) => Array.isArray(arm) && isCountedSpan(arm, counters))
  )
}

function isCountedSpan(row: readonly unknown[], counters: number): boolean {
  const [line, column, endLine, endColumn, counter] = row
  return (
    row.length === 5 && isPlace(line, column) && isPlace(endLine, endColumn) && isIndex(counter, counters)
  )
}

function isPlace(line: unknown, column: unknown): boolean {
  return isWhole(line, 1) && isWhole(column, 0)
}

function isIndex(value: unknown, length: number): boolean {
  return isWhole(value, 0) && value < length
}
