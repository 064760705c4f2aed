import { readFileSync } from 'node:fs'
import type { RawMap } from '@tstrace/instrument/maps'
import type { Piece } from './plain-ranges.ts'

/** What has become of a text, for whoever has to know it as it was. */
export interface Counted {
  readonly pieces: readonly Piece[]
  /** Length of the text with all of them. */
  readonly length: number
  /** The map that the text had, which belongs to it without the pieces. */
  readonly map: RawMap | null
}

/** Source maps may have fields of anybody's; this one goes through Jest's cache with them. */
const KEY = 'x_tstrace'

export function mapWithNote(map: RawMap, counted: Counted): RawMap {
  return { ...map, [KEY]: counted } as RawMap
}

/** The note in a map of Jest's cache, if there is one. */
export function noteIn(mapPath: string): Counted | undefined {
  return (JSON.parse(readFileSync(mapPath, 'utf8')) as { [KEY]?: Counted })[KEY]
}
