import type { Context, TestContext } from '@tstrace/results'
import { printable } from '@tstrace/results/printable'
import type { TestsAnswer, TestsRow } from '../answers/answer-tests.ts'
import { isHere, targetText } from '../recording/target.ts'
import { aboutText } from './about-text.ts'
import { type AnswerText, MOST_SHOWN } from './answer-text.ts'
import { columns, type NumberedText } from './columns.ts'
import { contextName } from './context-name.ts'
import { counted, times } from './numbers.ts'

/**
 * Which tests ran something, to read.
 *
 * @param all whether all rows are wanted, and not only those to be shown, with what runs around tests drawn together
 */
export function testsText(answer: TestsAnswer, all: boolean): AnswerText {
  const { about, rows, target } = answer
  const wanted = all ? rows.map((row) => () => numberedRow(row, answer)) : briefRows(answer)
  const shown = all ? wanted : wanted.slice(0, MOST_SHOWN)
  const headings = isWide(answer) && rows.length > 0 ? ['count', 'lines'] : []
  const lines = columns(
    shown.map((numbered) => numbered()),
    headings,
  )
  const name = isHere(target) ? 'This folder' : printable(targetText(target))
  const head = [`${name}${saidOf(answer)}`, ...lineText(answer)]
  return {
    head: [...head, ...(rows.length > 0 ? [''] : []), ...lines.slice(0, headings.length > 0 ? 1 : 0)],
    rows: headings.length > 0 ? lines.slice(1) : lines,
    more: wanted.length - shown.length,
    foot: [...notes(answer), ...aboutText(about)],
  }
}

/** What else can run something, in words, and what there can be several of. */
const AROUND = [
  ['import', 'while importing', 'test files'],
  ['hooks', 'in hooks', 'places'],
  ['late', 'after the last test of a file', 'test files'],
] as const

/** Whether it is about so much that it matters how many of its lines ran. */
function isWide({ target }: TestsAnswer): boolean {
  return target.kind === 'file' || target.kind === 'folder'
}

function numberedRow({ context, count, lines }: TestsRow, answer: TestsAnswer): NumberedText {
  return { numbers: isWide(answer) ? [count, lines] : [count], text: contextName(context) }
}

/** Where tests ran it, what ran it around them is one row of each kind. There may be thousands, of which few are shown. */
function briefRows(answer: TestsAnswer): (() => NumberedText)[] {
  const ofKind = (kind: Context['kind']): TestsRow[] =>
    answer.rows.filter(({ context }) => context.kind === kind)
  const around = AROUND.map(([kind, words, places]) => ({ places, rows: ofKind(kind), words }))
  const kinds = new Set<Context['kind']>(AROUND.map(([kind]) => kind))
  const inTests = answer.rows.filter(({ context }) => !kinds.has(context.kind))
  const isBrief = inTests.length > 0
  const plain = (row: TestsRow) => (): NumberedText => numberedRow(row, answer)
  return [
    ...inTests.map(plain),
    ...around.flatMap(({ places, rows, words }) => {
      if (rows.length < 2 || !isBrief) return rows.map(plain)
      const count = rows.reduce((sum, row) => sum + row.count, 0)
      const most = rows.reduce((lines, row) => Math.max(lines, row.lines), 0)
      const numbers = isWide(answer) ? [count, most] : [count]
      return [() => ({ numbers, text: `${words}, in ${rows.length} ${places}` })]
    }),
  ]
}

function saidOf({ nearest, rows, target, total }: TestsAnswer): string {
  if (total.executable === 0) return nothingCounts(target, nearest)
  if (total.count === 0) return ' never ran.'
  const ran = ranText(target, total)
  const by = runners(rows)
  if (by !== '') return `${ran}, in ${by}.`
  const kinds = AROUND.filter(([kind]) => rows.some(({ context }) => context.kind === kind))
  if (kinds.length === 0) return `${ran}.`
  return `${ran}, only ${kinds.map(([, words]) => words).join(' and ')}: no test ran it.`
}

function nothingCounts(target: TestsAnswer['target'], nearest: readonly number[]): string {
  if (target.kind !== 'lines') return ' has no numbers: nothing in it counts.'
  const advice = nearest.length > 0 ? ` Lines near it that have one: ${nearest.join(', ')}.` : ''
  return target.from === target.to
    ? ` has no number: nothing that counts starts on this line.${advice}`
    : ` have no numbers: nothing that counts starts on these lines.${advice}`
}

function ranText(target: TestsAnswer['target'], { count, executable, lines }: TestsAnswer['total']): string {
  if (target.kind === 'function') return ` was called ${times(count)}`
  if (target.kind === 'lines' && executable === 1) return ` ran ${times(count)}`
  return `: ${lines} of ${counted(executable, 'line')} ran`
}

/** How many tests, groups and test files ran it. */
function runners(rows: readonly TestsRow[]): string {
  const numberOf = (kind: Context['kind']): number =>
    rows.filter(({ context }) => context.kind === kind).length
  const attempts = numberOf('test')
  const contexts = rows.flatMap(({ context }) => (context.kind === 'test' ? [context] : []))
  const tests = new Set(contexts.map(testKey)).size
  const projects = new Set(contexts.map(({ project }) => project))
  const inProjects =
    projects.size > 1
      ? new Set(contexts.map((context) => `${context.project}\0${testKey(context)}`)).size
      : tests
  const notes = [
    ...(projects.size > 1 ? [` of ${projects.size} projects`] : []),
    ...(attempts > inProjects ? [` (${attempts} attempts)`] : []),
  ]
  const parts = [
    ...(tests > 0 ? [counted(tests, 'test') + notes.join('')] : []),
    ...(numberOf('overlap') > 0
      ? [`${counted(numberOf('overlap'), 'group')} of tests that ran at the same time`]
      : []),
    ...(numberOf('file') > 0 ? [counted(numberOf('file'), 'test file')] : []),
    ...(numberOf('named') > 0 ? [counted(numberOf('named'), 'named context')] : []),
  ]
  return parts.join(' and ')
}

/** The same text for a test in whatever project. */
function testKey({ file, index, titles }: TestContext): string {
  return `${file}\0${index}\0${titles.join('\0')}`
}

/** The line that the question is about, where the recording has it. */
function lineText({ target, text }: TestsAnswer): readonly string[] {
  return !text?.trim() || target.kind !== 'lines' ? [] : ['', printable(`  ${target.from} | ${text.trim()}`)]
}

function notes({ outside, rows, target, total }: TestsAnswer): readonly string[] {
  const isLine = target.kind === 'lines' && target.from === target.to
  const isReasonKnown = isLine && total.executable > 0 && total.count === 0
  return [
    ...(isReasonKnown ? ['', printable(`Why it did not: tstrace why ${targetText(target)}`)] : []),
    ...(outside > 0 ? ['', `And ${times(outside)} in runs that did not record contexts.`] : []),
    ...(rows.some(({ context }) => context.kind === 'file')
      ? ['', 'Recorded by test file: the option contexts as "test" tells tests apart.']
      : []),
  ]
}
