import { randomUUID } from 'node:crypto'
import {
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { TstraceError } from '../errors.ts'
import type { OutputFile } from './output-file.ts'

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
  const failures: unknown[] = []
  for (const [i, { text }] of files.entries()) {
    const place = places[i] as string
    try {
      makeFolder(dirname(place), root, checked)
      replaceFile(place, text)
    } catch (error) {
      if (error instanceof TstraceError) throw error
      failures.push(error)
    }
  }
  if (failures.length > 0) throw cannotWrite(folder, failures)
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
    throw cannotWrite(folder, [error])
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

/**
 * Makes a folder and those above it, one by one: Node's own `recursive` never comes back where nothing can be made, as
 * below `/proc`.
 */
export function makeFolders(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
  makeFolders(dirname(folder))
  try {
    mkdirSync(folder)
  } catch (error) {
    // Another process may have been quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    if (!statSync(folder).isDirectory()) throw Object.assign(error as Error, { code: 'ENOTDIR' })
  }
}

function replaceFile(place: string, text: string): void {
  if (holds(place, text)) return
  const temporary = join(dirname(place), `.tstrace-${randomUUID()}.tmp`)
  try {
    writeFileSync(temporary, text, { flag: 'wx' })
    renameSync(temporary, place)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw Object.assign(error as NodeJS.ErrnoException, { path: place })
  }
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

function cannotWrite(folder: string, failures: readonly unknown[]): TstraceError {
  const first = failures[0] as NodeJS.ErrnoException
  const others = failures.length > 1 ? ` (and ${failures.length - 1} more)` : ''
  const message = `Cannot write ${first.path ?? folder}${others}: ${first.code ?? first.message}.`
  const advice = 'Make the folder writable, or choose another one.'
  return new TstraceError('TST_CANNOT_WRITE', `${message} ${advice}`, { cause: first })
}
