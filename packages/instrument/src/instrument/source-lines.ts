import type { Place } from '@tstrace/results'
import { withoutMark } from '../source-file/byte-order-mark.ts'

/**
 * Where the lines of a text start. Lines end at `\n`, `\r\n` or a lone `\r`, as in editors and in the
 * listings; U+2028 and U+2029 do not end a line here although JavaScript counts them as line terminators.
 */
export class SourceLines {
  /** Offset of the first character of each line, in UTF-16 units. */
  readonly starts: readonly number[]
  readonly #mark: number
  /** The line that was asked for last, 0-based: mostly the next is the same. */
  #latest = 0

  constructor(source: string) {
    this.#mark = source.length - withoutMark(source).length
    const starts = [0]
    const lone = source.includes('\r')
    for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1)
    this.starts = lone ? withLoneReturns(source, starts) : starts
  }

  /** The place of an offset: 1-based line, 0-based column, for which a byte order mark is nothing. */
  placeOf(offset: number): Place {
    const line = this.lineOf(offset)
    if (line === 1) return { line, column: Math.max(0, offset - this.#mark) }
    return { line, column: offset - (this.starts[line - 1] ?? 0) }
  }

  /** The 1-based line of an offset. */
  lineOf(offset: number): number {
    const { starts } = this
    const latest = this.#latest
    if ((starts[latest] as number) <= offset && !((starts[latest + 1] as number) <= offset)) return latest + 1
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((starts[middle] as number) <= offset) low = middle
      else high = middle
    }
    this.#latest = low
    return low + 1
  }
}

function withLoneReturns(source: string, starts: number[]): number[] {
  for (let at = source.indexOf('\r'); at >= 0; at = source.indexOf('\r', at + 1)) {
    if (source[at + 1] !== '\n') starts.push(at + 1)
  }
  return starts.sort((a, b) => a - b)
}
