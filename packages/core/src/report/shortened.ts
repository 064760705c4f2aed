import { printable } from '@tstrace/results/printable'

/** So many lines are printed whole. */
const SHORT = 50

/** So many are printed of a longer text. */
const HEAD = 20

export interface LongText {
  /** The lines in another order, for the beginning of a text that is too long; undefined where the order is the same. */
  readonly sorted?: Iterable<string> | undefined
  /** How many of the last lines are shown in any case. Default: 0 */
  readonly foot?: number
  /** Where the whole text is. */
  readonly place: string
}

/** Lines as they are while they are few, else the first of them, how many lines more there are, and where. */
export function shortened(lines: Iterable<string>, { foot = 0, place, sorted }: LongText): string {
  const first: string[] = []
  const last: string[] = []
  let length = 0
  for (const line of lines) {
    if (length++ < SHORT) first.push(line)
    last.push(line)
    if (last.length > foot) last.shift()
  }
  if (length <= SHORT) return first.join('')
  const head = sorted ? [...sorted] : first
  const more = `… ${length - HEAD - foot} more lines in ${printable(place)}; the option fullLists prints them.`
  return `${head.slice(0, HEAD).join('').trimEnd()}\n${more}\n${last.join('')}`
}
