import { printable } from '@tstrace/results/printable'
import type { RanAnswer, RanSource } from '../answers/answer-ran.ts'
import { aboutText } from './about-text.ts'
import type { AnswerText } from './answer-text.ts'
import { contextName } from './context-name.ts'
import { counted } from './numbers.ts'
import { testsSummary } from './tests-summary.ts'

/** What a test executed, to read: each file with its lines and the sum of their numbers, below it its functions. */
export function ranText(answer: RanAnswer): AnswerText {
  const { about, beside, contexts, rows, total } = answer
  const name = testsSummary(contexts)
  const head =
    rows.length === 0
      ? [`${name} ran nothing that was traced.`]
      : [
          `${name} ran ${counted(total.lines, 'line')} of ${counted(rows.length, 'file')}.`,
          '',
          ...(rows.length > 0 ? [headings(rows)] : []),
        ]
  const groups = beside.map(
    ({ context, count, lines }) =>
      `Beside others it may have run ${counted(lines, 'more line')}, ${counted(count, 'time')} in all: ${contextName(context)}.`,
  )
  return {
    head,
    rows: linesOf(rows),
    foot: [...(groups.length > 0 ? ['', ...groups] : []), ...aboutText(about)],
  }
}

function linesWidth(rows: readonly RanSource[]): number {
  return rows.reduce((most, row) => Math.max(most, shareOf(row).length), 'lines'.length)
}

function countWidth(rows: readonly RanSource[]): number {
  return rows.reduce((most, { count }) => Math.max(most, String(count).length), 'count'.length)
}

function shareOf({ executable, lines }: RanSource): string {
  return `${lines}/${executable}`
}

function headings(rows: readonly RanSource[]): string {
  return `  ${'count'.padStart(countWidth(rows))}  ${'lines'.padStart(linesWidth(rows))}`
}

function linesOf(rows: readonly RanSource[]): string[] {
  const widths = [countWidth(rows), linesWidth(rows)] as const
  return rows.flatMap((row) => linesOfSource(row, widths))
}

function linesOfSource(row: RanSource, [countWidth, linesWidth]: readonly [number, number]): string[] {
  const count = String(row.count).padStart(countWidth)
  const share = shareOf(row).padStart(linesWidth)
  const calls = row.functions.map(({ calls }) => String(calls))
  const width = calls.reduce((most, text) => Math.max(most, text.length), 0)
  const indent = ' '.repeat(2 + count.length + 2 + share.length + 2 + 2)
  const functions = row.functions.map(
    ({ line, name }, at) =>
      `${indent}${(calls[at] as string).padStart(width)}  ${printable(name)} (line ${line})`,
  )
  return [`  ${count}  ${share}  ${printable(row.path)}`, ...functions]
}
