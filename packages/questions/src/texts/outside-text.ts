import type { Context } from '@tstrace/results'
import { printable } from '@tstrace/results/printable'
import type { OutsideAnswer, OutsideRow } from '../answers/answer-outside.ts'
import { isHere } from '../recording/target.ts'
import { aboutText } from './about-text.ts'
import { type AnswerPart, type AnswerText, MOST_SHOWN } from './answer-text.ts'
import { columns } from './columns.ts'
import { contextName } from './context-name.ts'
import { counted } from './numbers.ts'
import { inText, placesText, placeText, targetName } from './places.ts'

/**
 * What ran in no test, and what in one test alone, to read.
 *
 * @param all whether all tests are wanted, and not only those to be shown
 */
export function outsideText(answer: OutsideAnswer, all: boolean): AnswerText {
  const most = all ? Number.POSITIVE_INFINITY : MOST_SHOWN
  return {
    ...outsidePart(answer),
    parts: [alonePart(answer, most), nothingPart(answer, most)],
    foot: [...unrecordedLines(answer), ...aboutText(answer.about)],
  }
}

/** What stands for tests. */
function unitOf({ alone, byTest, nothing, unclear }: OutsideAnswer): string {
  if (byTest) return 'test'
  const contexts = [...alone.rows.map(({ context }) => context), ...nothing.rows, ...unclear.rows]
  return contexts.some(({ kind }) => kind === 'named') ? 'named context' : 'test file'
}

function outsidePart(answer: OutsideAnswer): AnswerPart {
  const { byTest, rows, unrecorded } = answer
  if (unitOf(answer) === 'named context')
    return { head: ['This recording has contexts that a program has named, and no tests.'], rows: [] }
  if (!byTest) {
    const known =
      'Test files are kept apart in this recording, not their tests: nobody knows what ran outside of them.'
    return { head: [known, 'Record again with the option contexts as "test" to know.'], rows: [] }
  }
  const modules = rows.filter(isOfModule)
  const functions = rows.filter((row) => !isOfModule(row))
  const [inModules, inFunctions] = [modules, functions].map((some) =>
    some.reduce((sum, { lines }) => sum + lines, 0),
  )
  if (rows.length === 0) {
    const where = unrecorded > 0 ? ' where contexts were recorded' : ''
    return { head: [`Every line${inText(answer.target)} that ran${where} did so in a test.`], rows: [] }
  }
  const all = `${inFunctions} in functions, ${inModules} of modules themselves, as imports and definitions`
  return {
    head: [
      `${counted((inFunctions ?? 0) + (inModules ?? 0), 'line')}${inText(answer.target)} ran, but in no test: ${all}.`,
    ],
    rows: rows.map(rowText),
    brief: [...functions.map(rowText), ...moduleTexts(modules)],
  }
}

function unrecordedLines({ unrecorded }: OutsideAnswer): readonly string[] {
  if (unrecorded === 0) return []
  return [
    '',
    `And ${counted(unrecorded, 'line')} ran only in runs that did not record contexts: nobody knows in which tests.`,
  ]
}

function rowText(row: OutsideRow): string {
  return printable(`  ${placeText(row)}  ${row.function}, ${whenText(row.ran)}`)
}

function isOfModule(row: OutsideRow): boolean {
  return row.function === '<module>'
}

/** One for each source, unless all are asked for: they are many, and say little. */
function moduleTexts(rows: readonly OutsideRow[]): string[] {
  const byPath = new Map<string, OutsideRow[]>()
  for (const row of rows) byPath.set(row.path, [...(byPath.get(row.path) ?? []), row])
  return [...byPath].map(([path, ranges]) => {
    const lines = ranges.reduce((sum, range) => sum + range.lines, 0)
    const ran = [...new Set(ranges.flatMap((range) => range.ran))]
    return printable(`  ${path}  ${counted(lines, 'line')} of the module, ${whenText(ran)}`)
  })
}

const WHEN: Readonly<Record<string, string>> = {
  import: 'while importing',
  hooks: 'in hooks',
  late: 'after the last test',
}

function whenText(ran: readonly string[]): string {
  return ran.map((kind) => WHEN[kind]).join(', ')
}

function alonePart(answer: OutsideAnswer, most: number): AnswerPart {
  const { alone, nothing, target, unclear } = answer
  const { rows } = alone
  const which = target && !isHere(target) ? ` that ran ${targetName(target)}` : ''
  const all = rows.length + nothing.rows.length + unclear.rows.length
  const head = `${rows.length} of ${counted(all, unitOf(answer))}${which} ran lines that nothing else ran:`
  return {
    head: ['', head],
    rows: columns(
      rows.slice(0, most).map(({ context, lines, ranges }) => ({
        numbers: [lines],
        text: `${contextName(context)}  ${printable(placesText(ranges))}`,
      })),
    ),
    more: Math.max(0, rows.length - most),
  }
}

function nothingPart(answer: OutsideAnswer, most: number): AnswerPart {
  const { nothing, unclear } = answer
  const unit = unitOf(answer)
  const shared = `${counted(unclear.rows.length, unit)} ran at the same time as others, so that it is not known of them.`
  const needed = [
    `${counted(nothing.rows.length, unit)} ran no line${inText(answer.target)} that nothing else ran. They may be needed all the same: other`,
    'values on the same lines are other cases.',
  ]
  const head = [...(unclear.rows.length > 0 ? [shared] : []), ...(nothing.rows.length > 0 ? needed : [])]
  return {
    head: head.length > 0 ? ['', ...head] : [],
    rows: nothing.rows.slice(0, most).map((context: Context) => `  ${contextName(context)}`),
    more: Math.max(0, nothing.rows.length - most),
  }
}
