import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { GuardedFolder, replaceFile } from '@tstrace/results/files'
import type { ProjectConfig } from '../jest-versions.ts'
import { noteProblem } from '../worker/worker-problems.ts'
import { BETWEEN } from './traced-source.ts'

/*
 * A file that runs untouched, or with lines that are not counted, is in Jest's cache like others, and nobody is asked about it
 * in the next run but for its key. So what was said of it stands beside the cache, under that key.
 */

const FOLDER = 'tstrace-notes'

/** Keys of the notes in each folder, as this process first found them and has changed them since. */
const known = new Map<string, Set<string>>()

/** Says again of a file what was said when it was transformed. */
export function recallNote(config: ProjectConfig, key: string): void {
  const folder = folderOf(config)
  if (folder === undefined || !keysIn(folder).has(key)) return
  try {
    for (const sentence of readFileSync(join(folder, key), 'utf8').split(BETWEEN)) noteProblem(sentence)
  } catch {
    // Removed since.
  }
}

/** @param note undefined where there was nothing to say */
export function rememberNote(config: ProjectConfig, key: string | undefined, note: string | undefined): void {
  const folder = folderOf(config)
  if (folder === undefined || key === undefined) return
  const keys = keysIn(folder)
  try {
    if (note === undefined) {
      if (keys.delete(key)) rmSync(join(folder, key), { force: true })
      return
    }
    keys.add(key)
    const guarded = new GuardedFolder(config.cacheDirectory)
    const place = guarded.placeOf(`${FOLDER}/${key}`)
    guarded.makeWayTo(place)
    replaceFile(place, note)
  } catch {
    // A cache that cannot be written is no reason to stop.
  }
}

function folderOf({ cache, cacheDirectory }: ProjectConfig): string | undefined {
  return cache ? join(cacheDirectory, FOLDER) : undefined
}

function keysIn(folder: string): Set<string> {
  const found = known.get(folder) ?? new Set(namesIn(folder))
  known.set(folder, found)
  return found
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
