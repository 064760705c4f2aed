import { stripVTControlCharacters } from 'node:util'
import { cannotParse, ParseError } from '@tstrace/instrument/worker'
import type { Place } from '@tstrace/results'
import { sentenceOf } from '@tstrace/results/errors'
import { printable } from '@tstrace/results/printable'

/** A file that is not counted although it should have been: it ran as it is, if it could. */
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

const UNTOUCHED = ' ran untouched and is not counted: '

/** What neither we nor perhaps anybody can read has run only if something behind us could. */
const UNREAD = ' is not counted: '

/** Files of which each has a sentence of its own, where the same is said of several. */
const FEW = 3

/**
 * Sentences of which those that say the same of many files are one: a compiler without source maps has as many as a project has
 * sources.
 */
export function withoutLikes(sentences: readonly string[]): string[] {
  const likes = new Map<string, string[]>()
  const partsOf = (sentence: string): readonly [file: string, why: string] | undefined => {
    const at = sentence.indexOf(UNTOUCHED)
    return at < 0 ? undefined : [sentence.slice(0, at), sentence.slice(at + UNTOUCHED.length)]
  }
  for (const sentence of sentences) {
    const [file, why] = partsOf(sentence) ?? []
    if (file !== undefined && why !== undefined) likes.set(why, [...(likes.get(why) ?? []), file])
  }
  return sentences.flatMap((sentence) => {
    const [file, why = ''] = partsOf(sentence) ?? []
    const files = likes.get(why) ?? []
    if (file === undefined || files.length <= FEW) return [sentence]
    if (file !== files[0]) return []
    return [
      `${file} and ${files.length - 1} more ran untouched and are not counted, each for the same reason: ${why}`,
    ]
  })
}

/** What every front end says of it. */
export function untouchedSentence({ code, file, place, reason }: Untouched): string {
  const named = printable(file)
  const why = place ? cannotParse(named, reason, place) : reason
  // Errors of compilers may have several lines.
  const end = why.includes('\n') ? '\n' : /[.!?]$/.test(why) ? ' ' : '. '
  return (
    `${named}${place ? UNREAD : UNTOUCHED}${why}${end}` +
    `${place ? 'If it runs all the same, leave' : 'Leave'} it out with \`exclude\` or \`--exclude\` to silence this.` +
    (code === undefined ? '' : ` [${code}]`)
  )
}
