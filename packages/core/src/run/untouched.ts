import { cannotParse, ParseError } from '../instrument/parse-error.ts'
import type { Place } from '../results/site-table.ts'

/** A file that ran as it is although it should have been counted. */
export interface Untouched {
  /** Relative to the project root, with `/`. */
  readonly file: string
  /** Where it cannot be parsed, if that is why. */
  readonly place?: Place | undefined
  /** Why it was not counted. */
  readonly reason: string
}

/** What is known of a file that ran untouched because of an error. */
export function untouchedBecause(file: string, error: unknown): Untouched {
  if (error instanceof ParseError) return { file, place: error.place, reason: error.reason }
  return { file, reason: error instanceof Error ? error.message : String(error) }
}

/** What every front end says of it. */
export function untouchedSentence({ file, place, reason }: Untouched): string {
  const why = place ? cannotParse(file, reason, place) : reason
  // Errors of compilers may show a piece of the code, and the sentence about it is theirs.
  const end = why.includes('\n') ? '\n' : /[.!?]$/.test(why) ? ' ' : '. '
  return (
    `${file} ran untouched and is not counted: ${why}${end}` +
    'Leave it out with `ignoreModule` or `--ignore-module` to silence this.'
  )
}
