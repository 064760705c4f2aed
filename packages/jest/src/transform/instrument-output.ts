import type { KnownTable } from '@tstrace/core/adapter'
import type { TransformResult } from '../jest-versions.ts'
import { LineMap, type RawMap, withInsertions } from '../maps/line-map.ts'
import { mapWithNote } from '../maps/map-notes.ts'
import { piecesOf } from '../maps/plain-ranges.ts'
import { translateTable } from '../maps/translate-table.ts'
import { core, instrument } from './lazy-core.ts'
import { noteUntouched, type TracedSource } from './traced-source.ts'
import { withoutIstanbul } from './without-istanbul.ts'

/** What a file has become before we count it. */
export interface Output {
  readonly code: string
  /** The map that goes along with the code; undefined where there is none. */
  readonly map: RawMap | undefined
  /** From the code to the text on disk. */
  readonly toDisk: RawMap
  /** Whether somebody has to know the code as it was when it has run. */
  readonly isAskedFor: boolean
}

/**
 * Puts counters into what others made of a file: the compiler, and Istanbul, whose counters are no part of the file and
 * stay as they are. The code carries a table that says what its counters mean in the file on disk.
 *
 * @returns undefined for what has nothing that runs or cannot be parsed
 */
export function instrumentOutput(
  source: TracedSource,
  output: Output,
  calls: boolean,
): TransformResult | undefined {
  try {
    const file = source.name
    const wanted = instrument(source.text, { file })
    const text = withoutHints(output.code)
    if (!wanted) return undefined
    const map = new LineMap(output.toDisk)
    const carryTable = ({ sites }: KnownTable): KnownTable => ({
      hash: wanted.hash,
      ...translateTable({
        source: wanted.sites,
        sourceText: source.text,
        compiled: withoutIstanbul(sites, text),
        map,
      }),
    })
    const made = instrument(text, { file, calls, branches: true, lang: 'js', carryTable })
    if (!made) return undefined
    const code = core().insertedInto(output.code, made.insertions)
    const moved = output.map && withInsertions(output.map, made.map.mappings)
    if (!moved || !output.isAskedFor) return { code, map: moved ?? null }
    const pieces = piecesOf(made.insertions, { before: output.code.length, after: code.length })
    return { code, map: mapWithNote(moved, { pieces, length: code.length, map: output.map ?? null }) }
  } catch (error) {
    noteUntouched(source, error)
    return undefined
  }
}

const HINT =
  /\/\*\s*(?:istanbul|v8|c8|node:coverage|tstrace)\s[^*]*\*\/(?!\s*function cov_)|\/\/\s*(?:istanbul|v8|c8|tstrace)\s.*|#pragma NO COVER/g

/**
 * Hints to leave something alone are read from the file on disk: a compiler moves them to other lines, and Istanbul puts its
 * own around what is not its own. They are blanked, except for those of the functions in which it keeps its counters.
 */
function withoutHints(code: string): string {
  return code.replace(HINT, (hint) => hint.replace(/[^\n]/g, ' '))
}
