import { eventLoop, type FunctionReference } from '@tstrace/results'
import { printable } from '@tstrace/results/printable'
import type { CallsAnswer, CallsRow } from '../answers/answer-calls.ts'
import { targetText } from '../recording/target.ts'
import { aboutText } from './about-text.ts'
import type { AnswerText } from './answer-text.ts'
import { counted, times } from './numbers.ts'
import { testsSummary } from './tests-summary.ts'

/** Who calls a function, or whom it calls, to read. */
export function callsText(answer: CallsAnswer): AnswerText {
  const rows = linesOf(answer.rows, answer.target, '  ')
  return {
    head: headOf(answer),
    rows,
    foot: [...levelsLines(answer), ...groupsLines(answer), ...aboutText(answer.about)],
  }
}

function headOf({ called, calls, contexts, question, rows, target }: CallsAnswer): readonly string[] {
  const name = printable(targetText(target))
  const within = contexts ? ` in ${testsSummary(contexts)}` : ''
  const isCallers = question === 'callers'
  if (rows.length === 0)
    return [`${name} ${called ? 'called no function that was traced' : 'was never called'}${within}.`]
  const others = counted(rows.length, 'function')
  const sentence = isCallers
    ? `was called ${times(calls)}, by ${others}`
    : `called ${others}, ${times(calls)}`
  return [`${name} ${sentence}${within}.`, '']
}

/** The numbers of a level stand below each other, and those of the next level farther to the right. */
function linesOf(rows: readonly CallsRow[], target: FunctionReference, indent: string): string[] {
  const width = rows.reduce((most, { calls }) => Math.max(most, String(calls).length), 0)
  return rows.flatMap((row) => {
    const line = `${indent}${String(row.calls).padStart(width)}  ${nameOf(row, target)}`
    return [line, ...linesOf(row.rows, target, `${indent}${' '.repeat(width + 2)}`)]
  })
}

function nameOf({ elsewhere, line, name, path, resumptions }: CallsRow, target: FunctionReference): string {
  const isStart = name === target.name && path === target.path
  const place = path === eventLoop.path ? '' : `${path}${line > 0 ? `:${line}` : ''}  `
  const notes = [
    ...(resumptions > 0 ? [`resumed ${times(resumptions)}`] : []),
    ...(elsewhere ? [isStart ? 'itself' : 'not shown again'] : []),
  ]
  return printable(`${place}${name}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`)
}

/** Two numbers of one way need not be of the same calls. */
function levelsLines({ rows }: CallsAnswer): readonly string[] {
  return rows.some((row) => row.rows.length > 0)
    ? [
        '',
        'Below the first level, numbers are all calls between the two functions, not only those on this way.',
      ]
    : []
}

function groupsLines({ groups = [] }: CallsAnswer): readonly string[] {
  if (groups.length === 0) return []
  const what = groups.length === 1 ? 'A group of tests' : `${groups.length} groups of tests`
  return ['', `${what} that ran at the same time as others is left out: nobody knows whose calls theirs are.`]
}
