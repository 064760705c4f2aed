import { packFunction, packSiteTable } from './packed-site-table.ts'
import type { SiteTable } from './site-table.ts'

/*
 * Site tables as files have them, for those who go through all sources: a table that is there as it is written need not become
 * an object for each of its lines and functions.
 */

/** `PackedSiteTable` as JSON, and where its functions are in it. */
export interface WrittenTable {
  readonly bytes: Buffer
  /** `PackedFunction[]` in `bytes`, from its first to behind its last. */
  readonly functions: readonly [start: number, end: number]
}

const WRITTEN: unique symbol = Symbol('written site table')

type MaybeWritten = SiteTable & { readonly [WRITTEN]?: WrittenTable }

/** A table that is there as `siteTableText` writes it. */
export function withText(table: SiteTable, written: WrittenTable): SiteTable {
  // Nobody who compares or copies tables is to come across it.
  return Object.defineProperty(table, WRITTEN, { value: written })
}

/** A site table as files have it. */
export function siteTableText(table: MaybeWritten): string {
  return table[WRITTEN]?.bytes.toString('utf8') ?? JSON.stringify(packSiteTable(table))
}

/** `siteTableText` as it is there: as bytes, or as a text. */
export function siteTableBytes(table: MaybeWritten): Uint8Array | string {
  return table[WRITTEN]?.bytes ?? siteTableText(table)
}

/** Functions as files have them: `PackedFunction[]` as JSON. */
export function functionBytes(table: MaybeWritten): Buffer {
  const { bytes, functions } = table[WRITTEN] ?? {}
  return bytes && functions
    ? bytes.subarray(...functions)
    : Buffer.from(JSON.stringify(table.functions.map(packFunction)))
}

/** The names of all functions of a table, in its order. */
export function functionNames(table: SiteTable): string[] {
  const names: string[] = []
  const bytes = functionBytes(table)
  visitFunctions(bytes, ({ end, start }) => names.push(JSON.parse(bytes.toString('utf8', start, end))))
  return names
}

/** A function in the text of a table. */
interface WrittenFunction {
  /** Where its name starts as a text in JSON. */
  start: number
  /** Behind that. */
  end: number
  /** 1-based. */
  line: number
  counter: number
}

const [QUOTE, BACKSLASH, ZERO, NINE] = [34, 92, 48, 57]

/** @param visit is given one object for all of them */
export function visitFunctions(bytes: Buffer, visit: (found: WrittenFunction) => void): void {
  const found = { start: 0, end: 0, line: 0, counter: 0 }
  for (let at = bytes.indexOf(QUOTE); at >= 0; at = bytes.indexOf(QUOTE, at)) {
    found.start = at
    at = behindText(bytes, at)
    found.end = at
    // line, column, end line, end column, counter
    for (let place = 0; place < NUMBERS; place++) {
      let number = 0
      for (let byte = bytes[++at] as number; byte >= ZERO && byte <= NINE; byte = bytes[++at] as number)
        number = number * 10 + byte - ZERO
      if (place === 0) found.line = number
      found.counter = number
    }
    visit(found)
  }
}

const NUMBERS = 5

/** The place behind a text in JSON. */
function behindText(bytes: Buffer, start: number): number {
  let at = start + 1
  while (bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
  return at + 1
}
