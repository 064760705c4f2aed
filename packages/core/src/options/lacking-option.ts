import { TstraceError } from '@tstrace/results/errors'
import type { Place } from './option-row.ts'
import { type NamedRow, rowsAt } from './rows-at.ts'

/** The first option of a place that is on without the list or the text that it needs. */
export function lackingOption(options: object, at: Place): NamedRow | undefined {
  const values = new Map<string, unknown>(Object.entries(options))
  return rowsAt(at).find(({ name, needs }) => {
    const needed = needs === undefined ? undefined : values.get(needs)
    const isThere = typeof needed === 'string' || Array.isArray(needed) ? needed.length > 0 : true
    return values.get(name) === true && !isThere
  })
}

/** @throws TstraceError `TST_OPTION_VALUE` where `lackingOption` finds one */
export function refuseLacking(options: object, at: Place): void {
  const lacking = lackingOption(options, at)
  if (!lacking) return
  const message = `Option "${lacking.name}" needs "${lacking.needs}".`
  throw new TstraceError('TST_OPTION_VALUE', `${message} Give both, or leave it out.`)
}
