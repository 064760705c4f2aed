import type { RawMap } from './combine-maps.ts'
import type { TransformResult } from './jest-versions.ts'
import { core, instrument } from './lazy-core.ts'
import { LineMap, withInsertions } from './line-map.ts'
import { noteUntouched, type TracedSource } from './traced-source.ts'
import { translateTable } from './translate-table.ts'

/** What a file has become before we count it. */
export interface Output {
  readonly code: string
  /** The map that goes along with the code; undefined where there is none. */
  readonly map: RawMap | undefined
  /** From the code to the text on disk. */
  readonly toDisk: RawMap
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
    const made = wanted && instrument(withoutHints(output.code), { file, calls, branches: true, lang: 'js' })
    if (!wanted || !made) return undefined
    const table = translateTable(wanted.sites, made.sites, new LineMap(output.toDisk))
    return {
      code: core().carryTable(made.code, JSON.stringify({ hash: wanted.hash, ...table })),
      map: output.map ? withInsertions(output.map, made.map.mappings) : null,
    }
  } catch (error) {
    noteUntouched(source, error)
    return undefined
  }
}

/**
 * Istanbul marks what it inserts, also around what it does not, with hints to leave it alone. They are blanked, except for
 * those of the functions in which it keeps its counters.
 */
function withoutHints(code: string): string {
  return code.replace(/\/\* istanbul ignore next \*\/(?!\s*function cov_)/g, (hint) =>
    ' '.repeat(hint.length),
  )
}
