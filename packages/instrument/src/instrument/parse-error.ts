import type { Place } from '@tstrace/results'
import { TstraceError } from '@tstrace/results/errors'

/** A text that cannot be instrumented because it cannot be parsed. */
export class ParseError extends TstraceError {
  /** What is wrong, as a sentence. */
  readonly reason: string
  /** Where; undefined where it is no one place. */
  readonly place: Place | undefined

  /** @param file name of the text */
  constructor(file: string, reason: string, place?: Place) {
    super('TST_PARSE', `${cannotParse(file, reason, place)} Run the text as it is; it has no counts then.`)
    this.reason = reason
    this.place = place
  }
}

/** The sentence about a text that cannot be parsed. */
export function cannotParse(file: string, reason: string, place?: Place): string {
  return `Cannot parse ${file}${place ? `:${place.line}:${place.column + 1}` : ''}: ${reason}`
}
