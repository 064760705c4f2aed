import type { BranchArm, BranchSite, FunctionSite, LineSite, SiteTable } from './site-table.ts'

/** A site table as a results file holds it: rows of plain values instead of objects. */
export interface PackedSiteTable {
  /** The names of the listing rules that `lines` refers to. */
  readonly rules: readonly string[]
  readonly lines: readonly PackedLine[]
  readonly functions: readonly PackedFunction[]
  readonly branches: readonly PackedBranch[]
}

/** line, column, index into `rules`, 1 for a pragma or 0, then the counters that are summed. */
export type PackedLine = readonly [line: number, column: number, rule: number, pragma: number, ...number[]]
/** name, line, column, end line, end column, counter. */
export type PackedFunction = readonly [string, number, number, number, number, number]
/** kind, line, column, end line, end column, arms. */
export type PackedBranch = readonly [string, number, number, number, number, readonly PackedArm[]]
/** line, column, end line, end column, counter. */
export type PackedArm = readonly [number, number, number, number, number]

/** Turns a site table into rows. The number of counters is left out: it is the number of counts beside it. */
export function packSiteTable(table: SiteTable): PackedSiteTable {
  const rules = [...new Set(table.lines.map((site) => site.rule))]
  const indexes = new Map(rules.map((rule, index) => [rule, index]))
  return {
    rules,
    lines: table.lines.map((site) => packLine(site, indexes.get(site.rule) as number)),
    functions: table.functions.map(packFunction),
    branches: table.branches.map((site) => [site.kind, ...packSpan(site), site.arms.map(packArm)] as const),
  }
}

/** Turns rows back into a site table; the rows must have been checked (`check-site-table.ts`). */
export function unpackSiteTable(packed: PackedSiteTable, counters: number): SiteTable {
  return {
    counters,
    lines: packed.lines.map((row) => unpackLine(row, packed.rules)),
    functions: packed.functions.map(unpackFunction),
    branches: packed.branches.map(unpackBranch),
  }
}

/** Rows are read and made by index: an iterator leaves an object behind for each value, half of what a large report throws away. */
function packLine({ column, counters, line, pragma }: LineSite, rule: number): PackedLine {
  const mark = pragma ? 1 : 0
  const only = counters[0] as number
  return counters.length === 1 ? [line, column, rule, mark, only] : [line, column, rule, mark, ...counters]
}

export function packFunction({ column, counter, end, line, name }: FunctionSite): PackedFunction {
  return [name, line, column, end.line, end.column, counter]
}

function packSpan({ line, column, end }: BranchSite | BranchArm) {
  return [line, column, end.line, end.column] as const
}

function packArm(arm: BranchArm): PackedArm {
  return [...packSpan(arm), arm.counter]
}

function unpackLine(row: PackedLine, rules: readonly string[]): LineSite {
  const counters = row.slice(4) as number[]
  const site = { line: row[0], column: row[1], counters, rule: rules[row[2]] as string }
  return row[3] === 1 ? { ...site, pragma: true } : site
}

function unpackFunction(row: PackedFunction): FunctionSite {
  return {
    line: row[1],
    column: row[2],
    name: row[0],
    end: { line: row[3], column: row[4] },
    counter: row[5],
  }
}

function unpackBranch([kind, line, column, endLine, endColumn, arms]: PackedBranch): BranchSite {
  const end = { line: endLine, column: endColumn }
  return { line, column, kind: kind as BranchSite['kind'], end, arms: arms.map(unpackArm) }
}

function unpackArm([line, column, endLine, endColumn, counter]: PackedArm): BranchArm {
  return { line, column, end: { line: endLine, column: endColumn }, counter }
}
