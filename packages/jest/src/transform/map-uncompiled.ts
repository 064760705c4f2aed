import type { RawMap } from '@tstrace/instrument/maps'
import type { TransformResult } from '../jest-versions.ts'
import { mapWithNote } from '../maps/map-notes.ts'
import { piecesOf } from '../maps/plain-ranges.ts'
import type { CountedFile } from './instrument-file.ts'

/** Whose code has been counted without anybody compiling it. */
export interface UncompiledFile {
  readonly path: string
  readonly counted: CountedFile
  /** Whether somebody has to know the code as it was when it has run. */
  readonly isAskedFor: boolean
}

/** A file that nobody compiles needs a map, too: counters move its columns. */
export function mapUncompiled(code: string, { path, counted, isAskedFor }: UncompiledFile): TransformResult {
  const { before, insertions } = counted.inserted
  const { mappings } = counted.map()
  const map: RawMap = { version: 3, sources: [path], names: [], mappings }
  if (!isAskedFor) return { code, map }
  const pieces = piecesOf(insertions, { before: before.length, after: code.length })
  return { code, map: mapWithNote(map, { pieces, length: code.length, map: null }) }
}
