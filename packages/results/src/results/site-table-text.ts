import { packSiteTable } from './packed-site-table.ts'
import type { SiteTable } from './site-table.ts'

const TEXT: unique symbol = Symbol('site table text')

/** A table that is there as it is written: whoever writes it needs no object for each of its lines. */
export function withText(table: SiteTable, text: () => string): SiteTable {
  // Nobody who compares or copies tables is to come across it.
  return Object.defineProperty(table, TEXT, { value: text })
}

/** A site table as files have it: `PackedSiteTable` as JSON. */
export function siteTableText(table: SiteTable & { readonly [TEXT]?: () => string }): string {
  return table[TEXT]?.() ?? JSON.stringify(packSiteTable(table))
}
