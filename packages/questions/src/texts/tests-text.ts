import { printable } from '@tstrace/core/recording'
import type { TestsAnswer } from '../answers/answer-tests.ts'
import { targetText } from '../recording/target.ts'
import { aboutText } from './about-text.ts'
import type { AnswerText } from './answer-text.ts'
import { columns } from './columns.ts'
import { contextName } from './context-name.ts'

/** Which tests ran something, to read. */
export function testsText(answer: TestsAnswer): AnswerText {
  const { about, rows, target, total } = answer
  const name = printable(targetText(target))
  const head = rows.length === 0 ? [`${name} never ran.`] : [`${name} ran ${total.count} times.`, '']
  const lines = columns(rows.map(({ context, count }) => ({ numbers: [count], text: contextName(context) })))
  return { head, rows: lines, foot: aboutText(about) }
}
