import { lstatSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import { TstraceError } from '../errors.ts'
import { cannotWrite } from './file-errors.ts'
import { makeFolders } from './make-folders.ts'
import type { OutputFile } from './output-file.ts'
import { replaceFile } from './replace-file.ts'

/**
 * Writes files into a folder, as UTF-8, making folders as needed. Each file is written beside its place and
 * then renamed, so that nobody ever reads half a file. If some cannot be written, the others still are and
 * nothing half-written is left.
 *
 * @throws TstraceError `TST_OUTSIDE_FOLDER` when a path leads out of the folder, also through a symbolic
 * link: nothing is written there, and by a path alone nothing at all. `TST_CANNOT_WRITE` when the folder or
 * a file cannot be written; the message names the first and says how many there are.
 */
export function writeFilesSync(folder: string, files: readonly OutputFile[]): void {
  const places = files.map(({ path }) => placeInside(folder, path))
  if (files.length === 0) return
  const root = makeRoot(folder)
  const checked = new Set<string>([resolve(folder)])
  let first: { readonly error: unknown; readonly place: string } | undefined
  let others = -1
  for (const [i, file] of files.entries()) {
    const place = places[i] as string
    try {
      makeFolder(dirname(place), root, checked)
      const { text } = file
      if (typeof text !== 'string' || !holds(place, text)) replaceFile(place, text)
    } catch (error) {
      if (error instanceof TstraceError) throw error
      first ??= { error, place }
      others++
    }
  }
  if (first) throw cannotWrite(pathOf(first.error) ?? first.place, first.error, { others })
}

/** As `writeFilesSync`; the work is done when the promise is there. */
export async function writeFiles(folder: string, files: readonly OutputFile[]): Promise<void> {
  writeFilesSync(folder, files)
}

function placeInside(folder: string, path: string): string {
  const root = resolve(folder)
  const place = resolve(root, path)
  if (isAbsolute(path) || place === root || !isInside(place, root)) throw outside(path, folder)
  return place
}

function isInside(place: string, root: string): boolean {
  const way = relative(root, place)
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function makeRoot(folder: string): string {
  try {
    makeFolders(resolve(folder))
    return realpathSync(folder)
  } catch (error) {
    throw cannotWrite(pathOf(error) ?? folder, error)
  }
}

/** Makes a folder, one part after the other, refusing links on the way that lead out of `root`. */
function makeFolder(folder: string, root: string, checked: Set<string>): void {
  if (checked.has(folder)) return
  makeFolder(dirname(folder), root, checked)
  if (lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
    if (!isInside(realpathSync(folder), root)) throw outside(folder, root)
  } else makeFolders(folder)
  checked.add(folder)
}

/** Most listings are the same run after run, and reading one costs a tenth of replacing it. */
function holds(place: string, text: string): boolean {
  const there = lstatSync(place, { throwIfNoEntry: false })
  if (!there?.isFile() || there.size !== Buffer.byteLength(text)) return false
  try {
    return readFileSync(place, 'utf8') === text
  } catch {
    return false
  }
}

function outside(path: string, folder: string): TstraceError {
  const message = `The path ${JSON.stringify(path)} leads out of the output folder ${folder}.`
  return new TstraceError(
    'TST_OUTSIDE_FOLDER',
    `${message} Nothing was written there; remove the link or the path.`,
  )
}

function pathOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).path
}
