import type { InstrumentedCompiled } from '@tstrace/instrument'
import { type RawMap, withInsertions } from '@tstrace/instrument/maps'
import type { TransformResult } from '../jest-versions.ts'
import { mapWithNote } from '../maps/map-notes.ts'
import { piecesOf } from '../maps/plain-ranges.ts'
import { instrumentCompiled } from './lazy-core.ts'
import { noteLost, noteUntouched, type TracedSource } from './traced-source.ts'

/** What a file has become before we count it. */
export interface Output {
  readonly code: string
  /** The map that goes along with the code. */
  readonly map: RawMap
  /** From the code to the text on disk. */
  readonly toDisk: RawMap
  /** Whether somebody has to know the code as it was when it has run. */
  readonly isAskedFor: boolean
}

/**
 * Puts counters into what others made of a file: the compiler, and Istanbul. The code carries a table that says what its
 * counters mean in the file on disk.
 *
 * @returns undefined for what has nothing that runs or cannot be parsed
 */
export function instrumentOutput(
  source: TracedSource,
  output: Output,
  calls: boolean,
): TransformResult | undefined {
  try {
    const made = instrumentCompiled({
      file: source.name,
      source: source.text,
      compiled: output.code,
      map: output.toDisk,
      calls,
      keepNames: true,
    })
    if (made && made.lost.length > 0) noteLost(source, made.lost, made.lines)
    return made && withMap(made, output)
  } catch (error) {
    noteUntouched(source, error)
    return undefined
  }
}

function withMap(made: InstrumentedCompiled, output: Output): TransformResult {
  const { code, insertions } = made
  const map = withInsertions(output.map, made.map.mappings)
  if (!output.isAskedFor) return { code, map }
  const pieces = piecesOf(insertions, { before: output.code.length, after: code.length })
  return { code, map: mapWithNote(map, { pieces, length: code.length, map: output.map }) }
}
