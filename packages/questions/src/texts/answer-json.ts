import type { Answer } from '../answers/answer.ts'

/** Version of the form of all answers; another one for a change that a reader has to know of. */
const VERSION = 1

/** So many rows are written unless all are asked for. */
const ROWS = 40

/** An answer as JSON (`docs/reference/answers.md`), with its end of line. */
export function jsonOfAnswer({ question, about, rows, ...more }: Answer, all: boolean): string {
  const shown = all ? rows : rows.slice(0, ROWS)
  const document = {
    format: 'tstrace answer',
    version: VERSION,
    question,
    ...more,
    rows: shown,
    more: rows.length - shown.length,
    about,
  }
  return `${JSON.stringify(document, null, 2).replaceAll(ACTING, escaped)}\n`
}

/** What would act on a terminal or a log, other than what ends lines: in JSON it can only be in texts, where it has another form. */
const ACTING = /(?!\n)\p{Cc}|[\p{Bidi_Control}\u2028\u2029]|#(?=#)/gu

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
