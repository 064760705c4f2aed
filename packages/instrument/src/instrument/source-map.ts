import type { Insertion } from './insertions.ts'
import { Mappings } from './mappings.ts'
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
  const mappings = new Mappings()
  const tokens = new Tokens(source, comments, mappings)
  let next = 0
  for (let line = 0; line < lines.starts.length; line++) {
    const start = lines.starts[line] as number
    const end = lines.starts[line + 1] ?? source.length + 1
    if (line > 0) mappings.endLine()
    let from = start
    tokens.beginLine(line, start)
    for (let insertion = insertions[next]; insertion && insertion.at < end; insertion = insertions[++next]) {
      tokens.addStretch(from, insertion.at)
      const { at, origin, text } = insertion
      const place = at - start + tokens.shift
      if (origin === undefined) mappings.addUnmapped(place)
      else {
        const originLine = lines.lineOf(origin) - 1
        mappings.add(place, originLine, origin - (lines.starts[originLine] as number))
      }
      tokens.shift += text.length
      from = at
    }
    tokens.addStretch(from, Math.min(end, source.length))
    // Compilers map a `.` at the start of the next line to where the object before it ends.
    const column = trimmedEnd(source, start, Math.min(end, source.length)) - start
    if (column > 0) mappings.add(column + tokens.shift, line, column)
  }
  return { version: 3, sources: [file], sourcesContent: [source], names: [], mappings: mappings.finish() }
}

/** Most ends of lines are ASCII, which needs no look at the character. */
function isWhite(code: number): boolean {
  return code < 128 ? code === 32 || (code >= 9 && code <= 13) : /\s/.test(String.fromCharCode(code))
}

function trimmedEnd(source: string, start: number, end: number): number {
  let at = end
  while (at > start && isWhite(source.charCodeAt(at - 1))) at--
  return at
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
  /** How far the columns of the line have moved. */
  shift = 0
  /** 0-based. */
  #line = 0
  /** Offset at which the line starts. */
  #start = 0
  #next = 0
  readonly #source: string
  readonly #comments: readonly Span[]
  readonly #mappings: Mappings

  constructor(source: string, comments: readonly Span[], mappings: Mappings) {
    this.#source = source
    this.#comments = comments
    this.#mappings = mappings
  }

  beginLine(line: number, start: number): void {
    this.#line = line
    this.#start = start
    this.shift = 0
  }

  /** Stretches of a line, in the order of the source. */
  addStretch(from: number, to: number): void {
    let at = from
    while (at < to) {
      const comment = this.#commentFrom(at)
      if (comment && comment.start <= at) at = comment.end
      else {
        const end = Math.min(comment?.start ?? to, to)
        this.#addCode(at, end)
        at = end
      }
    }
  }

  /** A part of a stretch without comments. */
  #addCode(from: number, to: number): void {
    const source = this.#source
    let before = SPACE
    for (let at = from; at < to; at++) {
      const code = source.charCodeAt(at)
      const kind = code < 128 ? (kinds[code] as number) : WORD
      // The text behind a `}` in a template is a token, even if it begins with a space.
      const opens =
        kind === WORD ? before !== WORD : kind === SIGN || (at > from && source.charCodeAt(at - 1) === 125)
      const column = at - this.#start
      if (opens) this.#mappings.add(column + this.shift, this.#line, column)
      before = kind
    }
  }

  /** The comment at an offset, or the next one. */
  #commentFrom(at: number): Span | undefined {
    while (this.#comments[this.#next] && (this.#comments[this.#next] as Span).end <= at) this.#next++
    return this.#comments[this.#next]
  }
}

interface Span {
  readonly start: number
  readonly end: number
}
