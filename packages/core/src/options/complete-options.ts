import { delimiter } from 'node:path'
import type { OptionRow, Place } from './option-row.ts'
import { isListAt, rowsAt } from './rows-at.ts'
import type { GivenAt, OptionsAt } from './tstrace-options.ts'

/** The options of a place with their defaults, and lists divided. */
export function completeOptions<At extends Place>(given: GivenAt<At>, at: At): OptionsAt<At> {
  const values: { readonly [name: string]: unknown } = given
  return Object.fromEntries(
    rowsAt(at).map((row) => [row.name, completed(row, values[row.name], at)]),
  ) as unknown as OptionsAt<At>
}

function completed(row: OptionRow, value: unknown, at: Place): unknown {
  if (isListAt(row, at)) return divided(row, (value ?? []) as string | readonly string[])
  const fallback = row.defaults[at]
  return value ?? (typeof fallback === 'object' ? undefined : fallback)
}

function divided(row: OptionRow, value: string | readonly string[]): readonly string[] {
  const texts = typeof value === 'string' ? [value] : value
  if (row.kind !== 'list' || !row.divider) return texts
  const divider = row.divider === 'comma' ? ',' : delimiter
  return texts
    .flatMap((text) => text.split(divider))
    .map((text) => text.trim())
    .filter((text) => text !== '')
}
