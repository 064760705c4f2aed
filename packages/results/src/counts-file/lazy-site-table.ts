import { checkSiteTable } from '../results/check-site-table.ts'
import { Damage } from '../results/damage.ts'
import { LineRows, withRows } from '../results/line-rows.ts'
import { noteOwnTable, takenSiteTable } from '../results/own-site-table.ts'
import { type PackedSiteTable, unpackSiteTable } from '../results/packed-site-table.ts'
import type { SiteTable } from '../results/site-table.ts'
import { withText } from '../results/written-table.ts'
import { jsonOf } from './counts-fields.ts'
import { readNumberLists } from './read-numbers.ts'

/** Runs what reads a part of a file, and says of which file a damage is. */
export type Guard = <Value>(read: () => Value) => Value

/** What stands between the parts of a table. None of it can stand in a text, which would have `\` before each `"`. */
const [START, LINES, FUNCTIONS, BRANCHES] = ['{"rules":', ',"lines":', ',"functions":', ',"branches":'].map(
  (text) => Buffer.from(text),
) as [Buffer, Buffer, Buffer, Buffer]

const [COLON, END] = [58, 125]

const NOTHING: PackedSiteTable = { rules: [], lines: [], functions: [], branches: [] }

/**
 * A site table of which `siteTableText` has made the text: as `lazySiteTable`, and nobody has to make the text again.
 *
 * @param bytes of the text. The table has nothing else for as long as nobody looks at it
 */
export function siteTableFrom(bytes: Buffer, counters: number): SiteTable {
  const table = ownWrittenTable(bytes, counters)
  if (table) return table
  throw new Damage('a site table', 'is not written as such')
}

/** As `siteTableFrom`, of bytes that may be no table; undefined then. */
export function ownWrittenTable(bytes: Buffer, counters: number): SiteTable | undefined {
  return lazySiteTable(bytes, { counters, where: 'a site table', isOwn: true }, (read) => read())
}

interface TableOrigin {
  readonly counters: number
  /** Which table it is, for messages. */
  readonly where: string
  /** Whether `siteTableText` has made the text. Default: others may have written it in another way */
  readonly isOwn?: boolean
}

/**
 * A site table as it stands in a file. Each part of it is read, and checked, when somebody looks at it: questions that go through
 * all sources need few.
 *
 * @param guarded says of which file a damage is that is found then
 * @returns undefined for one that is not written as tables are
 */
export function lazySiteTable(
  bytes: Buffer,
  { counters, isOwn = false, where }: TableOrigin,
  guarded: Guard,
): SiteTable | undefined {
  if (bytes.indexOf(START) !== 0 || bytes[bytes.length - 1] !== END) return undefined
  const lines = bytes.indexOf(LINES, START.length)
  const functions = bytes.indexOf(FUNCTIONS, lines)
  const branches = bytes.indexOf(BRANCHES, functions)
  if (lines < 0 || functions < lines || branches < functions) return undefined
  // Names of rules have no colon: what has one has another key.
  if (bytes.indexOf(COLON, START.length) < lines) return undefined
  const json = (from: number, to: number): never => jsonOf(bytes.subarray(from, to), where) as never
  const read = (part: () => Partial<PackedSiteTable>): SiteTable =>
    guarded(() => {
      const packed = { ...NOTHING, ...part() }
      if (!isOwn) checkSiteTable(packed, `${where}, sites`, counters)
      return takenSiteTable(unpackSiteTable(packed, counters))
    })
  const known: { -readonly [Part in keyof SiteTable]?: SiteTable[Part] } & { rows?: LineRows } = {}
  const table: SiteTable = {
    counters,
    get lines() {
      known.lines ??= read(() => ({
        rules: json(START.length, lines),
        lines: json(lines + LINES.length, functions),
      })).lines
      return known.lines
    },
    get functions() {
      known.functions ??= read(() => ({ functions: json(functions + FUNCTIONS.length, branches) })).functions
      return known.functions
    },
    get branches() {
      known.branches ??= read(() => ({
        branches: json(branches + BRANCHES.length, bytes.length - 1),
      })).branches
      return known.branches
    },
  }
  withRows(table, () => {
    known.rows ??= guarded(() => readLines(bytes.subarray(lines + LINES.length, functions), counters, where))
    return known.rows
  })
  const written = { bytes, functions: [functions + FUNCTIONS.length, branches] } as const
  return noteOwnTable(isOwn ? withText(table, written) : table)
}

/** @throws Damage */
function readLines(field: Buffer, counters: number, where: string): LineRows {
  const [lists, ...more] = readNumberLists(field, `${where}, sites.lines`)
  const rows = lists && more.length === 0 ? new LineRows(lists) : undefined
  if (!rows?.areSound(counters))
    throw new Damage(`${where}, sites.lines`, 'has a row that is not of its kind')
  return rows
}
