import picocolors from 'picocolors'
import { printableLines } from './printable.ts'

/** A place that shows colours, and how wide it is. */
export interface Screen {
  /** How many columns it has; infinite where lines may have any length, as in the log of a service for CI. */
  readonly columns: number
  readonly colors: ScreenColors
}

/** Each puts a text into a colour. */
export type ScreenColors = Readonly<
  Record<
    'blue' | 'bold' | 'cyan' | 'dim' | 'green' | 'magenta' | 'red' | 'yellow' | 'inverse',
    (text: string) => string
  >
>

/** What a stream says of itself. */
interface Stream {
  readonly isTTY?: boolean | undefined
  readonly columns?: number | undefined
}

export interface ScreenAsked {
  readonly env: Readonly<Record<string, string | undefined>>
  /** A command line that may say `--color` or `--no-color`. Default: there is none */
  readonly argv?: readonly string[]
  /** Whether the logs of services for CI show colours, too. Default: they do not */
  readonly inCi?: boolean
}

const COLORS = picocolors.createColors(true)

/**
 * What a stream shows in colours; undefined where texts are to stay as they are. `NO_COLOR` is stronger than `FORCE_COLOR`, and
 * that than what the stream is.
 */
export function screenOf(stream: Stream, asked: ScreenAsked): Screen | undefined {
  if (!hasColors(stream, asked)) return undefined
  const columns = stream.columns ?? Number(asked.env.COLUMNS)
  return { columns: columns > 0 ? columns : Number.POSITIVE_INFINITY, colors: COLORS }
}

const SWITCHED_OFF: ReadonlySet<string> = new Set(['0', 'false'])

function hasColors(stream: Stream, { argv = [], env, inCi = false }: ScreenAsked): boolean {
  const { CI, FORCE_COLOR: forced, NO_COLOR, TERM } = env
  if (NO_COLOR || argv.includes('--no-color')) return false
  if (forced !== undefined && forced !== '') return !SWITCHED_OFF.has(forced)
  if (argv.includes('--color') || (inCi && CI)) return true
  return stream.isTTY === true && TERM !== 'dumb'
}

/** The sequences that `ScreenColors` has: in them nothing can be said but how a text looks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const PAINT = /(\u001b\[(?:1|2|7|22|27|3[1-6]|39)m)/

/** What is to be printed of a text with colours of ours on a screen, and of one without where there is none. */
export function linesFor(screen: Screen | undefined, text: string): string {
  return screen ? paintedLines(text) : printableLines(text)
}

/** `printableLines` for texts that have colours of ours. */
export function paintedLines(text: string): string {
  return text
    .split(PAINT)
    .map((part, at) => (at % 2 === 0 ? printableLines(part) : part))
    .join('')
}
