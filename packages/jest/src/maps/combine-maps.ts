import { decode, encode } from '@jridgewell/sourcemap-codec'
import type { RawMap } from '@tstrace/instrument/maps'
import { InsertedText, type MappedInsertion } from './inserted-text.ts'

/** What was inserted into a text. */
export interface Inserted {
  /** The text as it was. */
  readonly before: string
  /** By rising offset. */
  readonly insertions: readonly MappedInsertion[]
}

/**
 * The map of a compiler that was given instrumented text, made to lead to the text on disk. Insertions add no lines,
 * so columns move within their line; what leads into an insertion leads nowhere afterwards.
 *
 * @param compiled from the compiler's output to the instrumented text
 */
export function combineMaps(compiled: RawMap, { before, insertions }: Inserted): RawMap {
  const text = new InsertedText(before, insertions)
  const decoded = decode(compiled.mappings)
  for (const segments of decoded) {
    for (const [at, segment] of segments.entries()) {
      if (segment.length === 1) continue
      const spot = text.spotBefore({ line: segment[2], column: segment[3] })
      if (spot) [segment[2], segment[3]] = [spot.line, spot.column]
      else segments[at] = [segment[0]]
    }
  }
  return {
    ...compiled,
    mappings: encode(decoded),
    ...(compiled.sourcesContent && { sourcesContent: [before] }),
  }
}
