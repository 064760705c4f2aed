import { expandTabs } from '@tstrace/results/internal'
import { printable } from '@tstrace/results/printable'
import type { Screen, ScreenColors } from '@tstrace/results/screen'
import type { ShowAnswer, ShowRow } from '../answers/answer-show.ts'
import { targetText } from '../recording/target.ts'
import { aboutText } from './about-text.ts'
import type { AnswerText } from './answer-text.ts'
import { times } from './numbers.ts'

/** What a text for a screen needs. */
export interface Painter {
  readonly screen: Screen
  /** Puts the words of a program into colours; the lines of a text stay what they are. */
  readonly highlighted: (text: string) => string
}

const MISSING = '>>>>>>'

/**
 * Lines with their numbers and how often they ran, to read; on a screen with heat in front of them.
 *
 * @param painter undefined where there are no colours
 */
export function showText(answer: ShowAnswer, painter?: Painter): AnswerText {
  const { about, hottest, rows, target, total } = answer
  const isKnown = rows.some(({ text }) => text !== undefined)
  const where = printable(targetText(target))
  const ran = `${total.lines} of ${total.executable} lines that can run did so`
  const most = hottest > 0 ? `; the hottest line of the source ran ${times(hottest)}` : ''
  return {
    head: [
      `${where}: ${ran}${most}.`,
      ...(isKnown || rows.length === 0 ? [] : ['What stands in these lines is not known any more.']),
      '',
    ],
    rows: painter ? paintedRows(answer, painter) : plainRows(rows),
    foot: aboutText(about),
  }
}

function plainRows(rows: readonly ShowRow[]): string[] {
  const widths = widthsOf(rows)
  return rows.map((row) =>
    `${String(row.line).padStart(widths.line)} ${markOf(row, widths.count)} ${codeOf(row)}`.trimEnd(),
  )
}

interface Widths {
  readonly line: number
  readonly count: number
}

function widthsOf(rows: readonly ShowRow[]): Widths {
  const widest = (texts: readonly string[]): number =>
    texts.reduce((most, { length }) => Math.max(most, length), 0)
  return {
    line: Math.max(4, widest(rows.map(({ line }) => String(line)))),
    count: Math.max(MISSING.length, widest(rows.map(({ count = '' }) => `${count}:`))),
  }
}

/** As in listings. */
function markOf({ count = 0, missing, partial }: ShowRow, width: number): string {
  if (missing) return MISSING.padEnd(width)
  return (count > 0 ? `${count}${partial ? '!' : ':'}` : '').padStart(width)
}

function codeOf({ text = '' }: ShowRow): string {
  return printable(expandTabs(text))
}

/** From one time to as often as the hottest line. */
const HEAT = [...'▁▂▃▄▅▆▇█']

function paintedRows({ hottest, rows }: ShowAnswer, { highlighted, screen: { colors } }: Painter): string[] {
  const widths = widthsOf(rows)
  // Together, since a comment or a template may be on several lines.
  const codes = highlighted(rows.map(codeOf).join('\n')).split('\n')
  return rows.map((row, at) => {
    const { bar, paint } = heatOf(row, hottest, colors)
    const mark = paint(markOf(row, widths.count))
    return `${colors.dim(String(row.line).padStart(widths.line))} ${paint(bar)} ${mark} ${codes[at]}`.trimEnd()
  })
}

interface Heat {
  readonly bar: string
  readonly paint: (text: string) => string
}

/** On a logarithmic scale, so that what ran a few times can be told from what ran once. */
function heatOf({ count = 0, missing }: ShowRow, hottest: number, colors: ScreenColors): Heat {
  const { blue, inverse, magenta, red, yellow } = colors
  if (missing) return { bar: '!', paint: (text) => inverse(red(text)) }
  if (count === 0) return { bar: ' ', paint: (text) => text }
  const share = hottest <= 1 ? 0 : Math.log(count) / Math.log(hottest)
  const paints = [blue, blue, magenta, magenta, yellow, yellow, red, red] as const
  const level = Math.min(HEAT.length - 1, Math.floor(share * HEAT.length))
  return { bar: HEAT[level] as string, paint: paints[level] as (text: string) => string }
}
