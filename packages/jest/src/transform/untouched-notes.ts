import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolders, replaceFile } from '@tstrace/core/files'
import { type Untouched, untouchedSentence } from '@tstrace/core/worker'
import type { ProjectConfig } from '../jest-versions.ts'
import { noteProblem } from '../worker/worker-problems.ts'

/*
 * A file that runs untouched is in Jest's cache like others, and nobody is asked about it in the next run but for its key. So
 * what is known of it stands beside the cache, under that key.
 */

/** Keys of the notes in each folder, as this process first found them and has changed them since. */
const known = new Map<string, Set<string>>()

/** Says again of a file what was said when it was transformed. */
export function recallUntouched(config: ProjectConfig, key: string): void {
  const folder = folderOf(config)
  if (folder === undefined || !keysIn(folder).has(key)) return
  try {
    noteProblem(untouchedSentence(JSON.parse(readFileSync(join(folder, key), 'utf8')) as Untouched))
  } catch {
    // Removed since, or damaged.
  }
}

/** @param untouched undefined where the file has been counted */
export function rememberUntouched(
  config: ProjectConfig,
  key: string | undefined,
  untouched: Untouched | undefined,
): void {
  const folder = folderOf(config)
  if (folder === undefined || key === undefined) return
  const keys = keysIn(folder)
  try {
    if (untouched === undefined) {
      if (keys.delete(key)) rmSync(join(folder, key), { force: true })
      return
    }
    keys.add(key)
    makeFolders(folder)
    replaceFile(join(folder, key), JSON.stringify(untouched))
  } catch {
    // A cache that cannot be written is no reason to stop.
  }
}

function folderOf({ cache, cacheDirectory }: ProjectConfig): string | undefined {
  return cache ? join(cacheDirectory, 'tstrace-untouched') : undefined
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
