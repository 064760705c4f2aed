import type { RawMap } from '@tstrace/instrument/maps'
import { isTypeScript } from '@tstrace/instrument/source-file'
import type { Inserted } from '../maps/combine-maps.ts'
import type { MappedInsertion } from '../maps/inserted-text.ts'
import type { Insertion } from '../maps/plain-ranges.ts'
import { instrument } from './lazy-core.ts'
import { noteUntouched, type TracedSource } from './traced-source.ts'

/** A file with counters. */
export interface CountedFile {
  /** What a compiler of the user's gets. */
  readonly body: string
  /** One of these stands in whatever a compiler makes of `body`. */
  readonly names: readonly string[]
  /** What has to stand behind what the compiler makes of it. */
  readonly helper: string
  /** Where in the text on disk, as Jest gives it, something stands now. */
  readonly inserted: Inserted & { readonly insertions: readonly Insertion[] }
  /** From `body` to the text on disk; made when it is asked for. */
  readonly map: () => Pick<RawMap, 'mappings'>
}

/** What is put in beside counters. */
export interface Instrumenting {
  /** What records who calls whom. */
  readonly calls: boolean
  /** What counts the arms of branches. Default: nothing. */
  readonly branches?: boolean
  /** What shows lines before they run. */
  readonly live?: boolean
  /** Whether V8 counts it too, and names its functions. Default: false. */
  readonly keepNames?: boolean
}

/** Undefined for what has nothing that runs or cannot be parsed. */
export function instrumentFile(source: TracedSource, how: Instrumenting): CountedFile | undefined {
  const { isOnDisk, name, shebang, text } = source
  try {
    const made = instrument(text, { file: name, ...how, carryTable: !isOnDisk })
    if (!made) return undefined
    const { body, helper, names } = made
    const declared = isTypeScript(name) ? names.map((one) => `declare let ${one}: any;`).join('') : ''
    const after = body.slice(shebang) + declared
    const insertions = shebang > 0 ? made.insertions.map((one) => movedBack(one, shebang)) : made.insertions
    const inserted = { before: text.slice(shebang), insertions }
    return { body: after, names, helper, inserted, map: () => made.map }
  } catch (error) {
    noteUntouched(source, error)
    return undefined
  }
}

/** Without so much of the start of the text. */
function movedBack<One extends MappedInsertion>(one: One, by: number): One {
  return { ...one, at: one.at - by, origin: one.origin === undefined ? undefined : one.origin - by }
}
