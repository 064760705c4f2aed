import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { replaceFile } from './replace-file.ts'

export interface FilesToKeep {
  /** Absolute path of the folder in which they have been left. */
  readonly from: string
  /** Absolute path of the folder in which they are kept; made where it is not there. */
  readonly folder: string
  /** What their names end with. */
  readonly ending: string
  /** How many may be there; the oldest are removed. */
  readonly most: number
}

/** Keeps files by their names, each in the place of the one of the same name. What cannot be kept will be made again. */
export function keepFiles({ ending, folder, from, most }: FilesToKeep): void {
  try {
    const left = readdirSync(from).filter((name) => name.endsWith(ending))
    if (left.length === 0) return
    mkdirSync(folder, { recursive: true })
    for (const name of left) replaceFile(join(folder, name), readFileSync(join(from, name)))
    const kept = readdirSync(folder).filter((name) => name.endsWith(ending))
    if (kept.length > most)
      for (const file of youngestFirst(kept, folder).slice(most)) rmSync(file, { force: true })
  } catch {}
}

/** Paths of files. */
function youngestFirst(names: readonly string[], folder: string): string[] {
  const files = names.map((name) => join(folder, name))
  const times = new Map(files.map((file) => [file, statSync(file).mtimeMs]))
  return files.sort((a, b) => (times.get(b) as number) - (times.get(a) as number))
}
