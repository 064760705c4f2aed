import type { Context } from '@tstrace/results'
import { printable } from '@tstrace/results/printable'
import type { TextLine, WhyAnswer } from '../why/answer-why.ts'
import { aboutText } from './about-text.ts'
import type { AnswerText } from './answer-text.ts'
import { columns } from './columns.ts'
import { contextName } from './context-name.ts'
import { times } from './numbers.ts'
import { reasonText } from './reason-text.ts'

/** Why a line never ran, to read. */
export function whyText(answer: WhyAnswer): AnswerText {
  const { about, rows, text } = answer
  const isNear = rows.some(({ context }) => AROUND.every((kind) => kind !== context.kind))
  const shown = isNear || answer.state === 'ran' ? rows : []
  return {
    head: [
      ...sentences(answer).map(printable),
      ...(text.length > 0 ? ['', ...excerpt(text)] : []),
      ...(rows.length > 0 ? ['', shown.length > 0 ? fromText(answer) : notInTestsText(answer)] : []),
    ],
    rows: columns(shown.map(({ context, count }) => ({ numbers: [count], text: contextName(context) }))),
    foot: aboutText(about),
  }
}

const AROUND: readonly Context['kind'][] = ['import', 'hooks', 'late']

function sentences({
  count,
  executable,
  function: around,
  nearest,
  reason,
  state,
  target,
}: WhyAnswer): string[] {
  const place = `${target.path}:${target.line}`
  const inside = around ? [`It is in ${around.name}, which was called ${times(around.calls)}.`] : []
  if (state === 'ran') return [`${place} ran ${times(count)}.`, ...inside]
  if (state === 'never ran') {
    const above =
      nearest && nearest.line !== (reason && 'line' in reason ? reason.line : undefined)
        ? [`The nearest line above it that ran is ${nearest.line}.`]
        : []
    const isSaid = reason?.kind === 'never called' && reason.name === around?.name
    return [
      `${place} never ran.`,
      ...(isSaid ? [] : inside),
      ...(reason ? [reasonText(reason)] : []),
      ...above,
    ]
  }
  const near =
    executable &&
    `The nearest line that is, ${executable.line}, ${executable.count === 0 ? 'never ran' : `ran ${times(executable.count)}`} (rule: ${executable.rule}).`
  return [`${place} is not executable: nothing that counts starts there.`, ...(near ? [near] : [])]
}

function fromText({ from, state, target }: WhyAnswer): string {
  if (state === 'ran' || from === target.line) return 'It ran in:'
  return `Closest came what ran line ${from}, most often first:`
}

function notInTestsText({ from }: WhyAnswer): string {
  return `No test came close: what ran line ${from} was no test, but what is around them, as imports.`
}

function excerpt(lines: readonly TextLine[]): string[] {
  const indent = Math.min(...lines.filter(({ text }) => text.trim()).map(({ text }) => text.search(/\S/)))
  return columns(
    lines.map(({ count, line, text }) => {
      return {
        numbers: [line, count ?? ''],
        text: printable(text.slice(Math.min(indent, text.length)).trimEnd()),
      }
    }),
  )
}
