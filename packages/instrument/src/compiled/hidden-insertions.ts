import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec'
import { LineMap, type RawMap, type Tail, tail } from './line-map.ts'

/**
 * As `withInsertions`, for readers who look up every statement of the text, the inserted ones among them: V8's provider in
 * Vitest takes what follows a place where it finds nothing. So each inserted word has a segment without a source, and as
 * those stay only behind one that has a source where maps are combined, the signs between them stand for what is around.
 *
 * @param map of the text as it was
 * @param inserted mappings from the text with insertions to the text as it was
 * @param code the text with insertions
 */
export function withHiddenInsertions(map: RawMap, inserted: string, code: string): RawMap {
  const old = new LineMap(map)
  const texts = code.split('\n')
  const decoded = decode(inserted).map((segments, line) => {
    const first = old.firstOf(line)
    // Of a line that nothing leads to, nobody finds anything.
    if (!first) return []
    // A line into which nothing was put is looked up as before.
    if (segments.every((segment) => segment.length !== 1 && segment[2] === line && segment[3] === segment[0]))
      return [...old.segmentsBetween(line, -1, Number.POSITIVE_INFINITY)]
    const made = new HidingLine(tail(first))
    const text = texts[line] ?? ''
    let before: readonly [place: number, column: number] | undefined = [-1, -1]
    /** Column in front of which the last text was put. */
    let putIn = Number.POSITIVE_INFINITY
    /** Keeps what spoke of the text between two columns, of which the second is now at a place. */
    const keepBetween = (from: number, to: number, place: number): void => {
      for (const one of old.segmentsBetween(line, from, to)) made.keep(place - to + one[0], [one])
    }
    for (const [i, segment] of segments.entries()) {
      const [place] = segment
      const following = segments[i + 1]
      const next = following?.[0] ?? text.length
      if (segment.length === 1) {
        // What begins with something that no map speaks of is looked up by the blanks in front.
        if (before) {
          putIn = before[1] + place - before[0]
          keepBetween(putIn - 1 - blanksBefore(text, place), putIn, place)
        }
        before = undefined
        const isLast = next >= text.length
        // Behind the text nothing may follow that could be taken for what ends it.
        if (isLast && line === texts.length - 1) made.segments.push([place])
        else made.hide(place, text.slice(place, next))
        if (isLast) break
        continue
      }
      const [, , from, column] = segment
      const found = old.segmentsAt({ line: from, column })
      // Of several at a place its token is found by the first, and what follows by the last: nothing follows a text that was put in.
      if (from !== line) {
        before = undefined
        made.keep(place, found.slice(0, 1))
        continue
      }
      // Between two tokens there may be more, if nothing was put there.
      if (!before) keepBetween(Math.max(putIn, column - blanksBefore(text, place)) - 1, column, place)
      else if (place - before[0] === column - before[1]) keepBetween(before[1], column, place)
      const isPutIn = following && following.length !== 1 && next - place !== following[3] - column
      made.keep(place, isPutIn ? found.slice(0, 1) : found)
      before = [place, column]
    }
    const end = old.segmentAt({ line, column: Number.POSITIVE_INFINITY })
    if (end?.length !== 1 && line < texts.length - 1) made.end(text)
    return made.segments
  })
  return { ...map, mappings: encode(decoded) }
}

function blanksBefore(text: string, place: number): number {
  let at = place
  while (at > 0 && /\s/.test(text[at - 1] as string)) at--
  return place - at
}

class HidingLine {
  readonly segments: SourceMapSegment[] = []
  readonly #first: Tail
  #around: Tail

  /** @param first where the first segment of the line leads: readers take that for what stands in front of it */
  constructor(first: Tail) {
    this.#first = first
    this.#around = first
  }

  /** A token of the text as it was, and what spoke of it. */
  keep(place: number, found: readonly SourceMapSegment[]): void {
    const last = this.segments.at(-1)
    if (found.length === 0 && last?.length === 1) this.#add(place, this.#first)
    for (const segment of found) {
      if (segment.length === 1) this.segments.push([place])
      else if (!last || last.length === 1 || found.length > 1 || !isSame(tail(segment), this.#around))
        this.#add(place, tail(segment))
    }
  }

  /** A text that was put in. */
  hide(from: number, text: string): void {
    for (const { index } of text.matchAll(/[\w$]+/g)) {
      const last = this.segments.at(-1)
      const between = from + index - 1
      if (last && last.length > 1) this.segments.push([from + index])
      else if ((last?.[0] ?? -1) < between) this.segments.push([between, ...this.#around], [from + index])
    }
  }

  /**
   * What ends on a line that nothing leads to is looked up by the end of one above, so that has to lead where it did. The last
   * sign does: no statement begins there, and what stands behind it is left out where maps are combined.
   */
  end(text: string): void {
    const last = this.segments.at(-1)
    const place = text.length - 1
    if (last?.length === 1 && last[0] < place && /[^\w$\s]$/.test(text))
      this.segments.push([place, ...this.#around])
  }

  #add(place: number, target: Tail): void {
    this.#around = target
    this.segments.push([place, ...target])
  }
}

function isSame(one: Tail, other: Tail): boolean {
  return one.length === other.length && one.every((value, i) => value === other[i])
}
