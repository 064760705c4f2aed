import type { NamedRow } from '@tstrace/core/options'

/** How an option is written: `-f`, `--file`. */
export function optionNames({ long, short }: NamedRow): [string, string] {
  return [...(short ? [`-${short}`] : []), `--${long}`] as [string, string]
}

/** What the parser does with an option. */
export function optionAction(
  row: NamedRow,
  isList: boolean,
): { action: 'store' | 'append' | 'store_true'; metavar?: string } {
  if (row.kind === 'flag' || row.kind === 'choice') return { action: 'store_true' }
  return { action: isList ? 'append' : 'store', metavar: row.value }
}

/** The text of an option without what Markdown needs; a `%` would be read as a format. */
export function optionHelp(text: string): string {
  return text
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll('`', '')
    .replaceAll('%', '%%')
}
