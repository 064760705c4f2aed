import { TstraceError } from '@tstrace/results/errors'
import { lackingOption } from './lacking-option.ts'
import type { Place } from './option-row.ts'

/** @throws TstraceError `TST_OPTION_VALUE` where `lackingOption` finds one */
export function refuseLacking(options: object, at: Place): void {
  const lacking = lackingOption(options, at)
  if (!lacking) return
  const message = `Option "${lacking.name}" needs "${lacking.needs}".`
  throw new TstraceError('TST_OPTION_VALUE', `${message} Give both, or leave it out.`)
}
