import { lstatSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'

/** The file of an output folder that says what tstrace has written there: JSON, which Jest does not look for under this name. */
export const WRITTEN = '.tstrace-written'

const FORMAT = 'tstrace-written'

/** What is known of what was written into a folder. */
export interface WrittenNote {
  /** Hash of the text by path in the folder. */
  readonly files: ReadonlyMap<string, string>
  /** Those of the files that were exported: they are of no run, and the next one lets them be. */
  readonly exported: ReadonlySet<string>
}

/**
 * @param folder absolute path
 * @returns nothing where there is no such file, or it is none of ours
 */
export function readNote(folder: string): WrittenNote {
  try {
    const place = resolve(folder, WRITTEN)
    if (!lstatSync(place).isFile()) return NOTHING
    const { exported = [], files, format, version } = JSON.parse(readFileSync(place, 'utf8'))
    if (format !== FORMAT || version !== 1) return NOTHING
    return { files: new Map(Object.entries(files)), exported: new Set(exported) }
  } catch {
    return NOTHING
  }
}

const NOTHING: WrittenNote = { files: new Map(), exported: new Set() }

/** One line per file, sorted as written. */
export function noteText({ exported, files }: WrittenNote): string {
  const kept = [...exported].filter((path) => files.has(path))
  const more = kept.length > 0 ? `"exported":${JSON.stringify(kept)},` : ''
  const lines = [...files].map(([path, hash]) => `${JSON.stringify(path)}:${JSON.stringify(hash)}`)
  return `{"format":"${FORMAT}","version":1,${more}"files":{\n${lines.join(',\n')}\n}}\n`
}
