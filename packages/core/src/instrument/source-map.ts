import { encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec'
import type { Insertion } from './insertions.ts'
import type { SourceLines } from './source-lines.ts'

/** A source map, revision 3, from the instrumented code to the source it was made from. */
export interface SourceMap {
  version: 3
  sources: string[]
  sourcesContent: string[]
  names: string[]
  mappings: string
}

/**
 * The map of `source` with `insertions` applied. Lines stay what they are, columns move.
 *
 * Every token has a segment of its own, since map readers do not interpolate, and every insertion starts with
 * a segment that has no source: without it readers would take our text for the token before it, and coverage
 * tools that remap would move the user's numbers.
 */
export function sourceMapOf(
  file: string,
  source: string,
  parts: {
    readonly insertions: readonly Insertion[]
    readonly lines: SourceLines
    readonly comments: readonly Span[]
  },
): SourceMap {
  const { comments, insertions, lines } = parts
  const tokens = new Tokens(comments)
  const decoded: SourceMapSegment[][] = []
  let next = 0
  let last: MappedSegment | undefined
  for (let line = 0; line < lines.starts.length; line++) {
    const start = lines.starts[line] as number
    const end = lines.starts[line + 1] ?? source.length + 1
    const segments: SourceMapSegment[] = []
    let from = start
    let shift = 0
    for (let insertion = insertions[next]; insertion && insertion.at < end; insertion = insertions[++next]) {
      const column = insertion.at - start
      tokens.addTo(segments, { source, from, to: insertion.at, line, start, shift })
      last = lastToken(segments, source, start) ?? last
      segments.push(segmentOf(insertion, { place: column + shift, line, column, last }))
      shift += insertion.text.length
      from = insertion.at
    }
    tokens.addTo(segments, { source, from, to: Math.min(end, source.length), line, start, shift })
    last = lastToken(segments, source, start) ?? last
    decoded.push(segments)
  }
  return { version: 3, sources: [file], sourcesContent: [source], names: [], mappings: encode(decoded) }
}

type MappedSegment = [number, number, number, number]

/** The segment with which an insertion at `place` starts; `last` is the last one before it that has a source. */
function segmentOf(
  { meaning }: Insertion,
  at: { place: number; line: number; column: number; last: MappedSegment | undefined },
): SourceMapSegment {
  if (meaning === 'start') return [at.place, 0, at.line, at.column]
  return meaning === 'end' && at.last ? [at.place, 0, at.last[2], at.last[3]] : [at.place]
}

/** Not a semicolon: no map of a compiler speaks of them, so that none may be heard of from us. */
function lastToken(
  segments: readonly SourceMapSegment[],
  source: string,
  start: number,
): MappedSegment | undefined {
  return segments.findLast((segment): segment is MappedSegment => {
    return segment.length === 4 && source[start + segment[3]] !== ';'
  })
}

interface Stretch {
  readonly source: string
  /** First offset of the stretch. */
  readonly from: number
  /** First offset after it. */
  readonly to: number
  /** 0-based line. */
  readonly line: number
  /** Offset at which the line starts. */
  readonly start: number
  /** How far its columns have moved. */
  readonly shift: number
}

const SPACE = 0
const WORD = 1
const SIGN = 2

/** Kind of each ASCII character; everything beyond ASCII counts as part of a word. */
const kinds = new Uint8Array(128).map((_, code) => {
  if (code <= 32) return SPACE
  return /[\w$]/.test(String.fromCharCode(code)) ? WORD : SIGN
})

/**
 * Adds a segment for each word and each sign of a stretch: wherever a token may start. Inside comments there are none.
 */
class Tokens {
  readonly #comments: readonly Span[]
  #next = 0

  constructor(comments: readonly Span[]) {
    this.#comments = comments
  }

  /** Stretches have to come in the order of the source. */
  addTo(segments: SourceMapSegment[], { source, from, to, line, start, shift }: Stretch): void {
    let before = SPACE
    for (let at = this.#behindComment(from); at < to; at = this.#behindComment(at + 1)) {
      const code = source.charCodeAt(at)
      const kind = code < 128 ? (kinds[code] as number) : WORD
      if (kind === SIGN || (kind === WORD && before !== WORD)) {
        segments.push([at - start + shift, 0, line, at - start])
      }
      before = kind
    }
  }

  #behindComment(at: number): number {
    for (;;) {
      const comment = this.#comments[this.#next]
      if (!comment || at < comment.start) return at
      if (at < comment.end) return comment.end
      this.#next++
    }
  }
}

interface Span {
  readonly start: number
  readonly end: number
}
