import { linesText } from '@tstrace/results/internal'
import { printable } from '@tstrace/results/printable'
import type { MissingAnswer } from '../answers/answer-missing.ts'
import { aboutText } from './about-text.ts'
import type { AnswerText } from './answer-text.ts'
import { counted } from './numbers.ts'
import { inText } from './places.ts'

/** Which lines never ran, to read: one row for each source, as `src/a.ts:40,52-58`. */
export function missingText({ about, rows, target, total }: MissingAnswer): AnswerText {
  const { executable, lines } = total
  const where = inText(target)
  const head =
    lines === executable
      ? `Every line${where} that can run did so, all ${executable}.`
      : `${executable - lines} of ${counted(executable, 'line')}${where} never ran:`
  return {
    head: rows.length === 0 ? [head] : [head, ''],
    rows: rows.map((row) => printable(`${row.path}:${row.missing.map(linesText).join(',')}`)),
    foot: aboutText(about),
  }
}
