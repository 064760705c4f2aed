import { decode, encode, type SourceMapMappings, type SourceMapSegment } from '@jridgewell/sourcemap-codec'

/** A source map, revision 3. */
export interface RawMap {
  readonly version: 3
  readonly sources: readonly (string | null)[]
  readonly sourcesContent?: readonly (string | null)[]
  readonly names?: readonly string[]
  readonly mappings: string
}

/** 0-based. */
export interface Spot {
  readonly line: number
  readonly column: number
}

/** A source map one can ask where something comes from. */
export class LineMap {
  readonly #lines: SourceMapMappings
  readonly #texts: readonly string[]

  /** @param text whose map it is. Default: nobody asks what stands where */
  constructor({ mappings }: { readonly mappings: string | SourceMapMappings }, text = '') {
    this.#lines = typeof mappings === 'string' ? decode(mappings) : mappings
    this.#texts = text.split('\n')
  }

  /**
   * Where the token at a place comes from; undefined unless a segment starts right there, or in front of the blanks that begin its
   * line: where maps are combined, the second of two that say the same is left out.
   */
  exactly({ line, column }: Spot): Spot | undefined {
    const segments = this.#lines[line] ?? []
    const indentation = this.#texts[line]?.slice(0, column)
    const isFirst = indentation !== '' && indentation?.trim() === ''
    return spotOf(
      segments[firstBehind(segments, column) - 1],
      (start) => start === column || (start === 0 && isFirst),
    )
  }

  /** What stands at a place, to the end of its line or of lines behind it; '' where the text is not known. */
  textAt({ line, column }: Spot, lines = 1): string {
    return this.#texts
      .slice(line, line + lines)
      .join('\n')
      .slice(column)
  }

  /** Where the first token behind a place, on its line, comes from. */
  behind({ line, column }: Spot): Spot | undefined {
    const segments = this.#lines[line] ?? []
    return spotOf(segments[firstBehind(segments, column)])
  }

  /** Where the first token behind a place, on its line, comes from that comes from elsewhere than the one there. */
  afterwards({ line, column }: Spot): Spot | undefined {
    const segments = this.#lines[line] ?? []
    const behind = firstBehind(segments, column)
    const first = spotOf(segments[behind - 1])
    for (let i = behind; i < segments.length; i++) {
      const spot = spotOf(segments[i])
      if (spot && (spot.line !== first?.line || spot.column !== first.column)) return spot
    }
    return undefined
  }

  /** Where the tokens from a place on come from that stand in front of another. */
  within(from: Spot, to: Spot): Spot[] {
    return this.#lines.slice(from.line, to.line + 1).flatMap((segments, at) => {
      const first = at === 0 ? from.column : 0
      const end = from.line + at === to.line ? to.column : Number.POSITIVE_INFINITY
      return segments
        .filter(([column]) => column >= first && column < end)
        .flatMap((segment) => spotOf(segment) ?? [])
    })
  }

  /** The first on a line that has a source. */
  firstOf(line: number): MappedSegment | undefined {
    return this.#lines[line]?.find((segment) => segment.length !== 1)
  }

  /** The segments of a line that begin behind one column and in front of another. */
  segmentsBetween(line: number, from: number, to: number): readonly SourceMapSegment[] {
    const segments = this.#lines[line] ?? []
    return to - from < 2 ? [] : segments.slice(firstBehind(segments, from), firstBehind(segments, to - 1))
  }

  /** The segments that begin right at a place; else the one that speaks of it, if there is one. */
  segmentsAt({ line, column }: Spot): readonly SourceMapSegment[] {
    const segments = this.#lines[line] ?? []
    const end = firstBehind(segments, column)
    const exact = segments.slice(0, end).filter(([start]) => start === column)
    return exact.length > 0 ? exact : segments.slice(Math.max(0, end - 1), end)
  }

  /** The segment that speaks of a place. */
  segmentAt({ line, column }: Spot): SourceMapSegment | undefined {
    const segments = this.#lines[line] ?? []
    return segments[firstBehind(segments, column) - 1]
  }
}

function spotOf(
  segment: SourceMapSegment | undefined,
  holds: (start: number) => boolean = () => true,
): Spot | undefined {
  if (!segment || segment.length === 1 || !holds(segment[0])) return undefined
  return { line: segment[2], column: segment[3] }
}

function firstBehind(segments: readonly SourceMapSegment[], column: number): number {
  let low = 0
  let high = segments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((segments[middle] as SourceMapSegment)[0] <= column) low = middle + 1
    else high = middle
  }
  return low
}

/** The first map, then the second; positions are as exact as the second knows them. */
export function chained(first: RawMap, second: RawMap): RawMap {
  const next = new LineMap(second)
  const decoded = decode(first.mappings).map((segments) =>
    segments.map((segment): SourceMapSegment => {
      if (segment.length === 1) return segment
      const found = next.segmentAt({ line: segment[2], column: segment[3] })
      return found === undefined || found.length === 1 ? [segment[0]] : [segment[0], ...tail(found)]
    }),
  )
  return { ...second, mappings: encode(decoded) }
}

/**
 * The map of a text with insertions, made from the map of the text without them. The start of an insertion leads where its
 * place led before, so that coverage tools find for the ends of V8's ranges what they would have found.
 *
 * @param map of the text as it was
 * @param inserted mappings from the text with insertions to the text as it was
 */
export function withInsertions(map: RawMap, inserted: string): RawMap {
  const old = new LineMap(map)
  const decoded = decode(inserted).map((segments, line) => {
    const made: SourceMapSegment[] = []
    let before = { place: 0, column: 0, isInsertion: false }
    for (const segment of segments) {
      const [place] = segment
      const isInsertion = segment.length === 1
      const gap = before.isInsertion ? 0 : place - before.place
      const column = isInsertion ? before.column + gap : segment[3]
      before = { place, column, isInsertion }
      const found = old.segmentAt({ line, column })
      if (!found || !(isInsertion || found[0] === column)) continue
      made.push(found.length === 1 ? [place] : [place, ...tail(found)])
    }
    return made
  })
  return { ...map, mappings: encode(decoded) }
}

type MappedSegment = Exclude<SourceMapSegment, [number]>

export type Tail =
  | [source: number, line: number, column: number]
  | [source: number, line: number, column: number, name: number]

/** Where a segment leads. */
export function tail(segment: MappedSegment): Tail {
  const [, source, line, column, name] = segment
  return name === undefined ? [source, line, column] : [source, line, column, name]
}
