import { stripVTControlCharacters } from 'node:util'
import { cannotParse, ParseError } from '@tstrace/instrument/worker'
import type { Place } from '@tstrace/results'
import { sentenceOf } from '@tstrace/results/errors'
import { printable } from '@tstrace/results/printable'

/** A file that ran as it is although it should have been counted. */
export interface Untouched {
  /** Relative to the project root, with `/`. */
  readonly file: string
  /** Where it cannot be parsed, if that is why. */
  readonly place?: Place | undefined
  /** Why it was not counted. */
  readonly reason: string
  /** Of an error that has one. */
  readonly code?: string
}

/** What is known of a file that ran untouched because of an error. */
export function untouchedBecause(file: string, error: unknown): Untouched {
  if (error instanceof ParseError) return { file, place: error.place, reason: error.reason, code: error.code }
  return { file, reason: withoutCode(sentenceOf(error)) }
}

/** A line of a picture of code: its number and a bar, or what marks a place below it. */
const PICTURED = /^\s*(?:>?\s*\d*\s*[|│·]|[,`]-|[╭╰])/

/** What a compiler says, without colours and without pictures of the code, in which our counters stand. */
function withoutCode(message: string): string {
  const [said = ''] = stripVTControlCharacters(message)
    .trim()
    .split(/\n\s*\n/)
  return said
    .split('\n')
    .filter((line) => !PICTURED.test(line))
    .join('\n')
}

/** What every front end says of it. */
export function untouchedSentence({ code, file, place, reason }: Untouched): string {
  const named = printable(file)
  const why = place ? cannotParse(named, reason, place) : reason
  // Errors of compilers may have several lines.
  const end = why.includes('\n') ? '\n' : /[.!?]$/.test(why) ? ' ' : '. '
  return (
    `${named} ran untouched and is not counted: ${why}${end}` +
    'Leave it out with `exclude` or `--exclude` to silence this.' +
    (code === undefined ? '' : ` [${code}]`)
  )
}
