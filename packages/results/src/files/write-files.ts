import { closeSync, lstatSync, openSync, readSync } from 'node:fs'
import { TstraceError } from '../errors.ts'
import { cannotWrite } from './file-errors.ts'
import { GuardedFolder } from './guarded-folder.ts'
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
  const guarded = new GuardedFolder(folder)
  const places = files.map(({ path }) => guarded.placeOf(path))
  if (files.length === 0) return
  try {
    guarded.make()
  } catch (error) {
    throw cannotWrite(pathOf(error) ?? folder, error)
  }
  let first: { readonly error: unknown; readonly place: string } | undefined
  let others = -1
  for (const [i, file] of files.entries()) {
    const place = places[i] as string
    try {
      guarded.makeWayTo(place)
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

/** Bytes of a text that are compared at a time, and those of the file. */
const [own, theirs] = [Buffer.allocUnsafeSlow(2 ** 16), Buffer.allocUnsafeSlow(2 ** 16)]

/** Most listings are the same run after run, and reading one costs a tenth of replacing it. */
function holds(place: string, text: string): boolean {
  const there = lstatSync(place, { throwIfNoEntry: false })
  if (!there?.isFile() || there.size !== Buffer.byteLength(text)) return false
  try {
    return isSame(openSync(place, 'r'), text)
  } catch {
    return false
  }
}

/** Piece by piece: the texts of all listings together are what the memory would grow by. */
function isSame(descriptor: number, text: string): boolean {
  try {
    const encoder = new TextEncoder()
    for (let at = 0; at < text.length; ) {
      const { read, written } = encoder.encodeInto(text.slice(at), own)
      at += read
      const length = readSync(descriptor, theirs, 0, written, null)
      if (read === 0 || length < written || own.compare(theirs, 0, written, 0, written) !== 0) return false
    }
    return true
  } finally {
    closeSync(descriptor)
  }
}

function pathOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).path
}
