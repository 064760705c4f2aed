import { printableJson } from '@tstrace/results/printable'
import type { Answer } from '../answers/answer.ts'

/** Version of the form of all answers; another one for a change that a reader has to know of. */
const VERSION = 1

/** So many rows are written unless all are asked for. */
const ROWS = 40

/** An answer as JSON (`docs/reference/answers.md`), with its end of line. It may be printed to a terminal or a log. */
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
  return `${printableJson(JSON.stringify(document, null, 2))}\n`
}
