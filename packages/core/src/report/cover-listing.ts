import { expandTabs } from '@tstrace/results/internal'

/** What a listing shows beside the text. Lines are 1-based. */
export interface ListingCounts {
  /** Executable line → how often it ran. */
  readonly lines: ReadonlyMap<number, number>
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
  const marked = text.startsWith(byteOrderMark)
  const lines = sourceLines(marked ? text.slice(1) : text)
  if (lines.length === 0) return ''
  const listing = lines.map((line, i) => `${prefix(line, i + 1, counts)}${expandTabs(line)}\n`).join('')
  return marked ? byteOrderMark + listing : listing
}

/**
 * The lines of a source without their ends. U+2028, U+2029 and form feeds end no line, here and in the
 * site tables. A text that ends with a line end has no empty line after it.
 */
export function sourceLines(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/)
  if (lines.at(-1) === '') lines.pop()
  return lines
}

function prefix(line: string, number: number, { lines, missing, partial }: ListingCounts): string {
  const count = lines.get(number)
  const end = missing && partial?.has(number) ? '! ' : ': '
  if (count !== undefined && count > 0) return `${String(count).padStart(5)}${end}`
  // The branch may start on a further line of what was counted.
  if (count === undefined && end === '! ') return `     ${end}`
  return count === 0 && missing && !line.includes(pragma) ? '>>>>>> ' : '       '
}
