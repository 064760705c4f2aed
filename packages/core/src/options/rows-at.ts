import type { OptionRow, Place } from './option-row.ts'
import { OPTIONS } from './option-table.ts'

/** A row with its names: in objects, and behind `--` on a command line. */
export type NamedRow = OptionRow & { readonly name: string; readonly long: string }

/** All rows, in the order of the table. */
export const ROWS: readonly NamedRow[] = Object.entries<OptionRow>(OPTIONS).map(([name, row]) => ({
  ...row,
  name,
  long: row.long ?? name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
}))

/** The rows of the options that hold at a place. */
export function rowsAt(at: Place): readonly NamedRow[] {
  return ROWS.filter(({ defaults }) => at in defaults)
}

/** What an option does, in the words for a place. */
export function textAt({ text, textIn }: OptionRow, at: Place): string {
  return textIn?.[at] ?? text
}

/** Whether an option has a list of values at a place. */
export function isListAt(row: OptionRow, at: Place): boolean {
  return row.kind === 'list' || (row.kind === 'text' && row.several?.includes(at) === true)
}
