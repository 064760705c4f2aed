import type { FunctionReference, SourceVersion } from '@tstrace/results'
import type { Recording } from '../recording/recording.ts'

/** On which lines functions start. */
export interface FunctionPlaces {
  /** 1-based; 0 where it is not known. */
  readonly lineOf: (reference: FunctionReference) => number
  /** The texts that the lines are of. */
  readonly texts: readonly SourceVersion[]
}

/** The lines of the functions of some sources. Of a source with several texts it is that on disk, or else the first. */
export function functionPlaces(recording: Recording, paths: ReadonlySet<string>): FunctionPlaces {
  const texts = new Map<string, SourceVersion>()
  for (const text of recording.versions()) {
    if (!paths.has(text.path)) continue
    if (!texts.has(text.path) || recording.stateOf(text) === 'same') texts.set(text.path, text)
  }
  const results = recording.results({ path: (path) => texts.has(path), calls: false })
  const lines = new Map<string, number>()
  for (const { hash, path } of texts.values())
    for (const { line, name } of results.functions(path, hash)) lines.set(`${path}\0${name}`, line)
  return { lineOf: ({ name, path }) => lines.get(`${path}\0${name}`) ?? 0, texts: [...texts.values()] }
}
