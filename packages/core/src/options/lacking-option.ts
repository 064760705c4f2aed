import type { Place } from './option-row.ts'
import { type NamedRow, rowsAt } from './rows-at.ts'

/** The first option of a place that is on without the list, or without the flag, that it needs. */
export function lackingOption(options: object, at: Place): NamedRow | undefined {
  const values = new Map<string, unknown>(Object.entries(options))
  return rowsAt(at).find(({ name, needs }) => {
    const other = needs === undefined ? undefined : values.get(needs)
    return values.get(name) === true && (other === false || (Array.isArray(other) && other.length === 0))
  })
}
