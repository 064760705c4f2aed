import { expandTabs, type LineNumbers, LongText } from '@tstrace/results/internal'

/** What a listing shows beside the text. Lines are 1-based. */
export interface ListingCounts {
  /** How often each executable line ran. */
  readonly numbers: LineNumbers
  /** Mark executable lines that never ran with `>>>>>> `, and those of `partial` with a `!`. */
  readonly missing: boolean
  /** Lines on which a branch starts of which a way was never taken. Default: none. */
  readonly partial?: ReadonlySet<number>
}

const byteOrderMark = '\uFEFF'
const pragma = '#pragma NO COVER'

/**
 * The text of one `.cover` file, byte for byte as `write_results_file` of Python 3.8 to 3.12 writes it
 * (`docs/reference/output.md`): every source line after seven or more characters that say how often it ran.
 *
 * @param text the source; its lines end at `\n`, `\r\n` or `\r`, and nowhere else.
 * @returns the listing with `\n` line ends; empty for an empty source.
 */
export function coverListing(text: string, counts: ListingCounts): string {
  const start = text.startsWith(byteOrderMark) ? 1 : 0
  if (text.length === start) return ''
  const listing = new LongText()
  listing.add(text, 0, start)
  const prefixes = new Prefixes(text, counts)
  const hasTabs = text.includes('\t')
  for (let line = 1, from = start; from < text.length; line++) {
    const end = endOfLine(text, from)
    listing.add(prefixes.of(line, from, end))
    if (hasTabs) listing.add(expandTabs(text.slice(from, end)))
    else listing.add(text, from, end)
    listing.add('\n')
    from = behindLine(text, end)
  }
  return listing.take()
}

/**
 * The lines of a source without their ends. U+2028, U+2029 and form feeds end no line, here and in the
 * site tables. A text that ends with a line end has no empty line after it.
 */
export function sourceLines(text: string): string[] {
  const lines: string[] = []
  for (let from = 0; from < text.length; ) {
    const end = endOfLine(text, from)
    lines.push(text.slice(from, end))
    from = behindLine(text, end)
  }
  return lines
}

/** How many lines a source has, as `sourceLines` divides it. */
export function countLines(text: string): number {
  let lines = 0
  for (let from = 0; from < text.length; lines++) from = behindLine(text, endOfLine(text, from))
  return lines
}

const [LINE_FEED, RETURN] = [10, 13]

/** The place of the line end, or of that of the text, at or behind a place. */
function endOfLine(text: string, from: number): number {
  let end = from
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end)
    if (code === LINE_FEED || code === RETURN) break
  }
  return end
}

function behindLine(text: string, end: number): number {
  return text.charCodeAt(end) === RETURN && text.charCodeAt(end + 1) === LINE_FEED ? end + 2 : end + 1
}

/** What stands in front of lines, which must be asked for in their order. */
class Prefixes {
  readonly #text: string
  readonly #counts: ListingCounts
  /** Where the next pragma is in the text; less than 0 where none is. */
  #pragma: number
  /** The next executable line, by its place in the numbers. */
  #next = 0
  /** Most lines of a source have one of few numbers. */
  readonly #known = new Map<number, string>()

  constructor(text: string, counts: ListingCounts) {
    this.#text = text
    this.#counts = counts
    this.#pragma = text.indexOf(pragma)
  }

  /**
   * @param from where the line is in the text
   * @param end where it ends there
   */
  of(line: number, from: number, end: number): string {
    const { missing, numbers, partial } = this.#counts
    const isExecutable = numbers.lines[this.#next] === line
    const count = isExecutable ? (numbers.counts[this.#next++] as number) : undefined
    const isPartial = missing && partial?.has(line)
    if (count !== undefined && count > 0) return isPartial ? numbered(count, '! ') : this.#ran(count)
    // The branch may start on a further line of what was counted.
    if (count === undefined && isPartial) return '     ! '
    const isMarked = count === 0 && missing && !this.#hasPragma(from, end)
    return isMarked ? '>>>>>> ' : '       '
  }

  #hasPragma(from: number, end: number): boolean {
    if (this.#pragma >= 0 && this.#pragma < from) this.#pragma = this.#text.indexOf(pragma, from)
    return this.#pragma >= from && this.#pragma < end
  }

  #ran(count: number): string {
    const known = this.#known.get(count) ?? numbered(count, ': ')
    if (this.#known.size < MOST_KNOWN) this.#known.set(count, known)
    return known
  }
}

const MOST_KNOWN = 1000

function numbered(count: number, end: string): string {
  return `${String(count).padStart(5)}${end}`
}
