import { decode, encode } from '@jridgewell/sourcemap-codec'
import type { RawMap } from '@tstrace/instrument/maps'

/** A code and its map. */
export interface MappedCode {
  readonly code: string
  readonly map: RawMap
}

/**
 * The map of another code whose last lines are the same: Istanbul writes what it knows of a file on top of it. Where a line is not the same,
 * nothing leads anywhere.
 */
export function mapForLines({ code: other, map }: MappedCode, code: string): RawMap {
  const [lines, others] = [linesOf(code), linesOf(other)]
  const decoded = decode(map.mappings)
  const moved = others.length - lines.length
  const mappings = lines.map((line, at) => (others[at + moved] === line ? (decoded[at + moved] ?? []) : []))
  return { ...map, mappings: encode(mappings) }
}

/** Without blank ones at the end. */
function linesOf(code: string): readonly string[] {
  return code.trimEnd().split('\n')
}
