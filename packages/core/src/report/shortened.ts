import { printable } from '@tstrace/results/printable'

/** So many lines are printed whole. */
const SHORT = 50

/** So many are printed of a longer text. */
const HEAD = 20

export interface LongText {
  /** The lines in another order, for the beginning of a text that is too long; undefined where the order is the same. */
  readonly sorted?: Iterable<string> | undefined
  /** Where the whole text is. */
  readonly place: string
}

/** Lines as they are while they are few, else the first of them, how many lines more there are, and where. */
export function shortened(lines: Iterable<string>, { place, sorted }: LongText): string {
  const first: string[] = []
  let length = 0
  for (const line of lines) if (length++ < SHORT) first.push(line)
  if (length <= SHORT) return first.join('')
  const head = sorted ? [...sorted] : first
  const more = `… ${length - HEAD} more lines in ${printable(place)}; the option fullLists prints them.`
  return `${head.slice(0, HEAD).join('').trimEnd()}\n${more}\n`
}
