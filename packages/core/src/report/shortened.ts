import { printable } from '../printable.ts'

/** So many lines are printed whole. */
const SHORT = 50

/** So many are printed of a longer text. */
const HEAD = 20

export interface LongText {
  /** The lines in another order, for the beginning of a text that is too long; undefined where the order is the same. */
  readonly sorted?: string | undefined
  /** Where the whole text is. */
  readonly place: string
}

/** A text as it is while it is short, else its beginning, how many lines more there are, and where. */
export function shortened(text: string, { place, sorted }: LongText): string {
  const lines = linesOf(text)
  if (lines.length <= SHORT) return text
  const head = linesOf(sorted ?? text).slice(0, HEAD)
  const more = `… ${lines.length - HEAD} more lines in ${printable(place)}; the option fullLists prints them.`
  return `${head.join('\n').trimEnd()}\n${more}\n`
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n')
}
