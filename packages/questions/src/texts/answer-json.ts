import type { Answer } from '../answers/answer.ts'
import { MOST_SHOWN } from './answer-text.ts'

/** Version of the form of all answers; another one for a change that a reader has to know of. */
const VERSION = 1

/** An answer as JSON (`docs/reference/answers.md`), with its end of line. */
export function jsonOfAnswer({ about, more = 0, question, rows, ...others }: Answer, all: boolean): string {
  const fields = Object.entries(others).map(([name, value]) => [
    name,
    isList(value) ? cut(value, all) : value,
  ])
  const document = {
    format: 'tstrace answer',
    version: VERSION,
    question,
    ...Object.fromEntries(fields),
    ...cut({ rows, more }, all),
    about,
  }
  return `${JSON.stringify(document, null, 2).replaceAll(ACTING, escaped)}\n`
}

/** What would act on a terminal or a log, other than what ends lines: in JSON it can only be in texts, where it has another form. */
const ACTING = /(?!\n)\p{Cc}|[\p{Bidi_Control}\u2028\u2029]|#(?=#)/gu

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

interface List {
  readonly rows: readonly unknown[]
  readonly more?: number
}

/** An answer can have further lists. */
function isList(value: unknown): value is List {
  return typeof value === 'object' && value !== null && 'rows' in value && Array.isArray(value.rows)
}

function cut({ more = 0, rows }: List, all: boolean): List {
  const shown = all ? rows : rows.slice(0, MOST_SHOWN)
  return { rows: shown, more: more + rows.length - shown.length }
}
