import { printable } from '@tstrace/results/printable'
import type { Screen, ScreenColors } from '@tstrace/results/screen'
import { shortenedPath, widthOf } from '@tstrace/results/shortened-path'
import {
  type Order,
  percentOf,
  type Ran,
  rangesText,
  type SummaryExtras,
  type SummaryRow,
  sourcesText,
  summaryRows,
  totalOf,
} from './summary.ts'

export interface PaintedTable extends SummaryExtras {
  readonly screen: Screen
  readonly order?: Order
}

/** The widest bar, in columns. */
const BAR = 8

/** Of what is in front of the names: numbers, bar, and what is between them. */
const FRONT = 5 + 3 + 4 + 3 + BAR + 3

/** So many columns has a path at least, however narrow a screen is; and ranges, as far as they have that many, if it is not. */
const LEAST = 12

/**
 * The summary for people at a screen: as `summaryTable`, with a bar behind the percentage that is the longer the more often the
 * hottest line of the source ran, on a logarithmic scale. No line is wider than the screen: where modules and paths do not fit,
 * there are only paths, and of those that do not fit the ends. Ranges have their share of the room.
 *
 * @returns lines with their ends
 */
export function paintedSummary(rows: readonly SummaryRow[], table: PaintedTable): readonly string[] {
  const { order, ranges, screen, total } = table
  const { colors, columns } = screen
  const shown = summaryRows(rows, order)
  if (shown.length === 0) return []
  const hottest = Math.max(...shown.map((row) => row.hottest))
  const missing = shown.map((row) => (ranges ? rangesText(row.missing) : ''))
  const widest = missing.reduce((most, { length }) => Math.max(most, length), 0)
  const names = namesFor(shown, columns - FRONT - (widest === 0 ? 0 : 3 + Math.min(widest, LEAST)))
  const heading = `lines   cov%   heat       ${names.heading}${ranges ? '   missing' : ''}`
  const lines = shown.map((row, at) => {
    const name = names.texts[at] as string
    const room = columns - FRONT - widthOf(name) - 3
    const cut = cutText(missing[at] as string, room)
    const end = cut === '' ? '' : `   ${colors.red(cut)}`
    return `${numbersText(row, colors)}   ${barText(row.hottest, hottest, colors)}   ${name}${end}\n`
  })
  const sum = totalOf(shown)
  const sources = `   (${sourcesText(shown.length)})`
  const end = FRONT + 'TOTAL'.length + sources.length > columns ? '' : sources
  const foot = `${numbersText(sum, colors)}   ${' '.repeat(BAR)}   ${colors.bold('TOTAL')}${end}\n`
  return [`${colors.bold(heading)}\n`, ...lines, ...(total ? [foot] : [])]
}

interface Names {
  readonly heading: string
  readonly texts: readonly string[]
}

function namesFor(rows: readonly SummaryRow[], room: number): Names {
  const whole = rows.map(({ module, path }) => `${printable(module)}   (${printable(path)})`)
  if (whole.every((text) => widthOf(text) <= room)) return { heading: 'module   (path)', texts: whole }
  const most = Math.max(room, LEAST)
  return { heading: 'path', texts: rows.map(({ path }) => shortenedPath(printable(path), most)) }
}

/** Ranges that fit, and that there are more. */
function cutText(text: string, columns: number): string {
  if (text.length <= columns) return text
  const last = text.lastIndexOf(', ', columns - 3)
  if (last >= 0) return `${text.slice(0, last)}, …`
  // An empty place would say that nothing is missing.
  return columns > 0 ? '…' : ''
}

function numbersText(row: Ran, colors: ScreenColors): string {
  const percent = percentOf(row)
  return `${String(row.lines).padStart(5)}   ${levelOf(percent, colors)(`${String(percent).padStart(3)}%`)}`
}

/** The levels that Istanbul's reports have, and those of the runners with them. */
function levelOf(percent: number, { green, red, yellow }: ScreenColors): (text: string) => string {
  if (percent < 50) return red
  return percent < 80 ? yellow : green
}

function barText(count: number, most: number, { blue, magenta, red }: ScreenColors): string {
  if (count === 0) return ' '.repeat(BAR)
  const share = most <= 1 ? 1 : Math.log(count + 1) / Math.log(most + 1)
  const length = Math.max(1, Math.round(share * BAR))
  const color = share < 1 / 3 ? blue : share < 2 / 3 ? magenta : red
  return `${color('■'.repeat(length))}${' '.repeat(BAR - length)}`
}
