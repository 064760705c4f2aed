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
  for (let line = 0; line < lines.starts.length; line++) {
    const start = lines.starts[line] as number
    const end = lines.starts[line + 1] ?? source.length + 1
    const segments: SourceMapSegment[] = []
    let from = start
    let shift = 0
    for (let insertion = insertions[next]; insertion && insertion.at < end; insertion = insertions[++next]) {
      const column = insertion.at - start
      tokens.addTo(segments, { source, from, to: insertion.at, line, start, shift })
      segments.push(segmentOf(insertion, column + shift, lines))
      shift += insertion.text.length
      from = insertion.at
    }
    tokens.addTo(segments, { source, from, to: Math.min(end, source.length), line, start, shift })
    // Compilers map a `.` at the start of the next line to where the object before it ends.
    const column = source.slice(start, end).trimEnd().length
    if (column > 0) segments.push([column + shift, 0, line, column])
    decoded.push(segments)
  }
  return { version: 3, sources: [file], sourcesContent: [source], names: [], mappings: encode(decoded) }
}

/** The segment with which an insertion starts. */
function segmentOf({ origin }: Insertion, place: number, lines: SourceLines): SourceMapSegment {
  if (origin === undefined) return [place]
  const line = lines.lineOf(origin) - 1
  return [place, 0, line, origin - (lines.starts[line] as number)]
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
      // The text behind a `}` in a template is a token, even if it begins with a space.
      const opens =
        kind === WORD ? before !== WORD : kind === SIGN || (at > from && source.charCodeAt(at - 1) === 125)
      if (opens) segments.push([at - start + shift, 0, line, at - start])
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
