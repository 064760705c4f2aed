import type { Spot } from '@tstrace/instrument/maps'

/** Text that was put in, and what it stands for in source maps. */
export interface MappedInsertion {
  /** Offset in the text as it was. */
  readonly at: number
  readonly text: string
  /** Offset there of the token that it stands for; undefined where it has no source. */
  readonly origin: number | undefined
}

const END_OF_LINE = /\r\n?|\n/g

/**
 * A text with insertions, asked where its places were before. Only what is put behind the text may have an end of a line, as where
 * the text ends with a comment. Lists of numbers and no map: a map has a segment for each token, and most of what is asked about
 * is none of an insertion's business.
 */
export class InsertedText {
  /** Offsets at which lines begin. */
  readonly #lines: readonly number[]
  /** By lines: the insertion that is the first on the line or behind it. */
  readonly #firsts: number[] = [0]
  readonly #insertions: readonly MappedInsertion[]
  /** By insertions: the column at which each begins. */
  readonly #starts: number[] = []
  /** By insertions: how far what follows on the line has moved. */
  readonly #shifts: number[] = []

  /** @param insertions by rising offset */
  constructor(before: string, insertions: readonly MappedInsertion[]) {
    this.#insertions = insertions
    this.#lines = [0, ...Array.from(before.matchAll(END_OF_LINE), ({ 0: end, index }) => index + end.length)]
    let line = 0
    let shift = 0
    for (const { at, text } of insertions) {
      while ((this.#lines[line + 1] ?? Number.POSITIVE_INFINITY) <= at) {
        this.#firsts[++line] = this.#starts.length
        shift = 0
      }
      this.#starts.push(at - (this.#lines[line] as number) + shift)
      shift += text.length
      this.#shifts.push(shift)
    }
  }

  /** Where a place was before; undefined within an insertion, unless its start stands for something. */
  spotBefore({ line, column }: Spot): Spot | undefined {
    if (line >= this.#lines.length) return undefined
    const first = this.#firsts[line] ?? this.#starts.length
    const last = this.#lastFrom(first, this.#firsts[line + 1] ?? this.#starts.length, column)
    if (last < first) return { line, column }
    const start = this.#starts[last] as number
    const { origin, text } = this.#insertions[last] as MappedInsertion
    if (column >= start + text.length) return { line, column: column - (this.#shifts[last] as number) }
    return column === start && origin !== undefined ? this.#spotOf(origin, line) : undefined
  }

  /** @param from a line that the offset is on, or behind it */
  #spotOf(offset: number, from: number): Spot {
    let line = from
    while ((this.#lines[line] as number) > offset) line--
    return { line, column: offset - (this.#lines[line] as number) }
  }

  /** The last of some insertions on a line that begins at a column or in front of it. */
  #lastFrom(from: number, to: number, column: number): number {
    let low = from
    let high = to
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] as number) <= column) low = middle + 1
      else high = middle
    }
    return low - 1
  }
}
