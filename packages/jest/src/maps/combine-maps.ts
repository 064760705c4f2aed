import { decode, encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec'
import { LineMap, type RawMap } from '@tstrace/instrument/maps'

/** What was inserted into a text. */
export interface Inserted {
  /** The text as it was. */
  readonly before: string
  /** The text with what was inserted. */
  readonly after: string
  /** Mappings from the second to the first. */
  readonly mappings: string
}

/**
 * The map of a compiler that was given instrumented text, made to lead to the text on disk. Insertions add no lines,
 * so columns move within their line; what leads into an insertion leads nowhere afterwards.
 *
 * @param compiled from the compiler's output to the instrumented text
 */
export function combineMaps(compiled: RawMap, inserted: Inserted): RawMap {
  const lines: Lines = {
    before: inserted.before.split('\n'),
    after: inserted.after.split('\n'),
    inserted: new LineMap(inserted),
  }
  const decoded = decode(compiled.mappings).map((segments) =>
    segments.map((segment) => movedBack(segment, lines)),
  )
  const sourcesContent = [inserted.before]
  return { ...compiled, mappings: encode(decoded), ...(compiled.sourcesContent && { sourcesContent }) }
}

interface Lines {
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly inserted: LineMap
}

function movedBack(segment: SourceMapSegment, lines: Lines): SourceMapSegment {
  if (segment.length === 1) return segment
  const [place, source, line, column, name] = segment
  const origin = originOf(lines, line, column)
  if (origin === undefined) return [place]
  return name === undefined ? [place, source, line, origin] : [place, source, line, origin, name]
}

/** The column on disk of a column in instrumented text; undefined inside insertions. */
function originOf(lines: Lines, line: number, column: number): number | undefined {
  const before = lines.inserted.segmentAt({ line, column })
  // Blanks in front of the first token stand where they stood.
  if (!before) return column
  if (before.length === 1) return undefined
  const [start, , , origin] = before
  if (column === start) return origin
  // A segment speaks of the first character only: an insertion may follow it.
  const isUsers =
    lines.after[line]?.slice(start, column) === lines.before[line]?.slice(origin, origin + column - start)
  return isUsers ? origin + column - start : undefined
}
