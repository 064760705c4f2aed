import type { Place } from './option-row.ts'
import { type NamedRow, rowsAt } from './rows-at.ts'

/** The first option of a place that is given another value than its default without the list, the text or the flag that it needs. */
export function lackingOption(options: object, at: Place): NamedRow | undefined {
  const values = new Map<string, unknown>(Object.entries(options))
  return rowsAt(at).find(({ defaults, name, needs }) => {
    const other = needs === undefined ? undefined : values.get(needs)
    const isMissing = other === false || other === '' || (Array.isArray(other) && other.length === 0)
    const value = values.get(name)
    const isGiven = value === true || (typeof value === 'string' && value !== '')
    return isGiven && value !== defaults[at] && isMissing
  })
}
