import type { KnownTable } from '@tstrace/results'
import { checkSiteTable, isHash, packSiteTable } from '@tstrace/results/internal'
import { printable } from '@tstrace/results/printable'
import type { CountedSource } from './counted.ts'

/**
 * Finds the site table of a counted source: from the transform of this run, or made again from the source on
 * disk. Undefined where neither gives the source's `id`, because the source has changed; a text says why it cannot be read, a
 * sentence why its counts are left out.
 */
export type TableFor = (source: Pick<CountedSource, 'id' | 'path'>) => FoundTable

type FoundTable =
  | KnownTable
  | 'deleted'
  | { readonly unreadable: string }
  | { readonly leftOut: string }
  | undefined

/** The table that was found for a source; where it is not that of the counts, a sentence why they are left out. */
export function fittingTable(
  { counts, path }: Pick<CountedSource, 'counts' | 'path'>,
  table: FoundTable,
): KnownTable | string {
  if (table === 'deleted') return deletedSource(path)
  if (table && 'leftOut' in table) return table.leftOut
  if (table && 'unreadable' in table)
    return `${path} cannot be read again, so its counts are left out: ${table.unreadable}.`
  return table && table.sites.counters === counts.length ? table : unknownSource(path)
}

/** The table that a source carried, or undefined where it is damaged. */
export function readTable(text: string): KnownTable | undefined {
  try {
    const table = JSON.parse(text) as KnownTable
    const { counters } = table.sites
    checkSiteTable(packSiteTable(table.sites), 'its table', counters)
    return isHash(table.hash) ? table : undefined
  } catch {
    return undefined
  }
}

function deletedSource(path: string): string {
  return (
    `${printable(path)} was deleted before the report was made, so its counts are left out: nothing says any more which lines they are of. ` +
    'Leave out what is made and deleted by the run with `ignoreDir` or `--ignore-dir`.'
  )
}

function unknownSource(path: string): string {
  return (
    `${printable(path)} is not the text that ran any more, so its counts are left out: they would stand on the wrong lines. ` +
    'Run again to count the text as it is now.'
  )
}
