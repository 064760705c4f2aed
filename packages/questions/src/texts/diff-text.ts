import { eventLoop } from '@tstrace/results'
import { printable } from '@tstrace/results/printable'
import type { DiffAnswer } from '../diff/answer-diff.ts'
import type { DiffEdge, DiffFunction, DiffLines, DiffPlace } from '../diff/diff-rows.ts'
import type { FirstDifference } from '../diff/first-difference.ts'
import { aboutText } from './about-text.ts'
import type { AnswerPart, AnswerText } from './answer-text.ts'
import { columns } from './columns.ts'
import { gatesText } from './gates-text.ts'
import { counted, times } from './numbers.ts'
import { testsSummary } from './tests-summary.ts'

/** What ran differently in two recordings, to read. */
export function diffText(
  answer: DiffAnswer,
  { noise = false }: { readonly noise?: boolean } = {},
): AnswerText {
  const [first, ...parts] = listsOf(answer, noise)
  const head = [...sidesText(answer), ...summaryText(answer), ...firstText(answer)]
  return {
    ...(first ?? { rows: [] }),
    head: [...head, ...(first?.head ?? [])],
    parts,
    foot: [...gatesText(answer.gates?.rows ?? []), ...reservations(answer, noise), ...sourcesText(answer)],
  }
}

function sidesText({ contexts }: DiffAnswer): string[] {
  if (!contexts) return []
  return [`− ${testsSummary(contexts.before)}`, `+ ${testsSummary(contexts.after)}`, '']
}

/** In one sentence. */
export function summaryText({ calls, total, unmatched }: DiffAnswer): string[] {
  const only = total.onlyBefore + total.onlyAfter
  if (only + total.changed + total.edges === 0)
    return [
      unmatched.rows.length > 0
        ? 'Nothing that can be compared ran differently.'
        : 'Nothing ran differently.',
    ]
  const facts = [
    ...(only > 0 ? [`${counted(only, 'line')} ran in only one of the two`] : []),
    ...(total.changed > 0 ? [`${counted(total.changed, 'line')} ran in both, but not as often`] : []),
    ...(calls && total.edges > 0
      ? [`${counted(total.edges, 'call')} between functions ${total.edges === 1 ? 'differs' : 'differ'}`]
      : []),
  ]
  return [`${facts.join('; ')}.`]
}

function firstText({ first }: DiffAnswer): string[] {
  if (!first) return []
  const rows = first.lines.map(({ after, before, counts, text = '' }) => ({
    numbers: [after ?? before ?? 0, `${counts[0]} → ${counts[1]}`],
    text: printable(text),
  }))
  return [
    '',
    `It parts in ${printable(`${first.path}:${first.line}  ${first.function}`)}, ${calledText(first)}:`,
    ...columns(rows),
  ]
}

function calledText({ calls: [before, after], function: name }: FirstDifference): string {
  if (name === '<module>') return before === after ? 'evaluated as often in both' : 'the module'
  if (before === after) return `called ${times(before)} in both`
  return `called ${times(before)} and ${times(after)}`
}

function listsOf(answer: DiffAnswer, noise: boolean): AnswerPart[] {
  const { changed, edges, newMissing, rows } = answer
  const lists = [
    listOf('Ran in only one, − the first, + the second:', onlyRows(rows)),
    listOf('Ran in both, but not as often:', changedRows(changed.rows)),
    listOf('Calls that differ:', edgeRows(edges.rows)),
    listOf(
      'Never ran in the second, though they ran in the first or are new:',
      newMissing.rows.map(placeName),
    ),
    ...(noise ? noiseLists(answer) : []),
  ]
  return lists.filter((list) => list.rows.length > 0)
}

function noiseLists({ noise, noiseEdges }: DiffAnswer): AnswerPart[] {
  return [
    listOf('Left out, since it differs among runs of one side:', changedRows(noise?.rows ?? [])),
    listOf('Calls that are left out for that:', edgeRows(noiseEdges?.rows ?? [])),
  ]
}

function listOf(heading: string, rows: readonly string[]): AnswerPart {
  return { head: ['', heading], rows }
}

function onlyRows(rows: readonly DiffLines[]): string[] {
  return columns(
    rows.map((row) => {
      const [before, after] = row.counts
      return { numbers: [before > 0 ? '−' : '+', Math.max(before, after)], text: placeName(row).trim() }
    }),
  )
}

function changedRows(rows: readonly DiffLines[]): string[] {
  if (rows.length === 0) return []
  return columns(
    rows.map((row) => ({ numbers: [...row.counts, factorText(row.counts)], text: placeName(row).trim() })),
    ['from', 'to', 'factor'],
  )
}

function edgeRows(rows: readonly DiffEdge[]): string[] {
  if (rows.length === 0) return []
  return columns(
    rows.map(({ callee, caller, calls, resumptions }) => {
      const resumed =
        resumptions[0] === resumptions[1]
          ? ''
          : ` (resumed ${times(resumptions[0])} and ${times(resumptions[1])})`
      const names = `${functionName(caller)} → ${functionName(callee)}${resumed}`
      return { numbers: [...calls, factorText(calls)], text: printable(names) }
    }),
    ['from', 'to', 'factor'],
  )
}

/** `2.5×`; nothing where one of them is 0. */
export function factorText([before, after]: readonly [number, number]): string {
  if (before === 0 || after === 0 || before === after) return ''
  const factor = after / before
  return `${factor >= 10 ? Math.round(factor) : Number(factor.toPrecision(2))}×`
}

export function functionName({ line, name, path }: DiffFunction): string {
  if (path === eventLoop.path) return name
  return `${path}${line > 0 ? `:${line}` : ''} ${name}`
}

/** Where lines are in the second recording, or in the first where only that has them. */
export function placeName(row: DiffLines): string {
  const { after, before } = row
  const place = after ?? before
  if (!place) return ''
  const moved = after && before && after.path !== before.path ? ` (was ${placeOf(before)})` : ''
  return printable(`  ${placeOf(place)}  ${row.function}${moved}`)
}

function placeOf({ from, path, to }: DiffPlace): string {
  return `${path}:${from}${to === from ? '' : `-${to}`}`
}

/** What could not be compared, and what is left out. */
export function reservations(answer: DiffAnswer, noise: boolean): string[] {
  const { calls, groups = [], noise: left, noiseEdges, unmatched } = answer
  const lines = [
    ...unmatched.rows.slice(0, SEVERAL).map(unmatchedText),
    ...(unmatched.rows.length > SEVERAL
      ? [`Nor were those of ${unmatched.rows.length - SEVERAL} other sources.`]
      : []),
    ...(calls ? [] : ['Calls are not compared: not both have some (option trackcalls).']),
    ...(groups.length > 0
      ? [`What ran while other tests ran, too, is left out: ${counted(groups.length, 'group')}.`]
      : []),
    ...(left ? [noiseText(left.rows.length, noiseEdges?.rows.length ?? 0, { runs: left.runs, noise })] : []),
  ]
  return lines.length > 0 ? ['', ...lines] : []
}

const SEVERAL = 5

function unmatchedText({ path, reason, side }: DiffAnswer['unmatched']['rows'][number]): string {
  const whose = side === 'both' ? 'both texts' : side === 'before' ? 'the first text' : 'the second text'
  const why =
    reason === 'several texts'
      ? 'it ran in several texts'
      : `${whose} that ran ${side === 'both' ? 'are' : 'is'} neither in the recording, nor on disk, nor in git`
  return printable(`Lines of ${path} could not be compared: ${why}.`)
}

function noiseText(
  lines: number,
  edges: number,
  { noise, runs }: { readonly noise: boolean; readonly runs: readonly [number, number] },
): string {
  if (lines + edges === 0) return `Among the runs of one side (${runs[0]} and ${runs[1]}) nothing differs.`
  const what = `${counted(lines, 'place')} and ${counted(edges, 'call')} that differ among the runs of one side`
  return `${what} (${runs[0]} and ${runs[1]} runs) are left out${noise ? '' : '; --noise shows them'}.`
}

function sourcesText({ about, before }: DiffAnswer): readonly string[] {
  if (about.file === before.file) return aboutText(about)
  const [, ...first] = aboutText(before, '−')
  return ['', ...first, ...aboutText(about, '+').slice(1)]
}
