import { constants } from 'node:buffer'
import { createHash, type Hash } from 'node:crypto'
import { existsSync, lstatSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { FORMATS } from '@tstrace/formats'
import { sentenceOf, TstraceError } from '@tstrace/results/errors'
import { GuardedFolder, openRegular, piecesOfOpened, reasonOf } from '@tstrace/results/files'
import { printable } from '@tstrace/results/printable'
import { noteText, type OutputFile, readNote, WRITTEN } from '@tstrace/results/writing'
import { problemsOfWriting } from './problems-of-writing.ts'

/** What there can be of an earlier run. */
const OURS =
  /\.(cover|trace)$|^(results\.json|recording\.counts|index\.html|functions\.txt|calls\.txt|summary\.txt)$/

const FILES_OF_FORMATS: ReadonlySet<string> = new Set(Object.values(FORMATS).map(({ file }) => file))

/** What others write, too. */
const NAMES_OF_OTHERS: ReadonlySet<string> = new Set([...FILES_OF_FORMATS, 'index.html'])

export interface Filling {
  /** Paths, in the folder, of what the run has written there already. Default: none. */
  readonly traces?: readonly string[]
  /** A sentence to go with each failure. Default: none. */
  readonly where?: string
}

export interface FilledFolder {
  /** What could not be written. */
  readonly failures: readonly TstraceError[]
  /** What else there is to say: of files that are somebody else's, or could not be removed, one sentence each. */
  readonly remarks: readonly string[]
  /** Paths, in the folder, of what was not written since somebody else's file is there. */
  readonly left: readonly string[]
}

/**
 * Writes the files of a run into its output folder, and removes those of earlier runs that it does not write again. Only
 * what is noted in the folder as written by tstrace, and still is as it was written, is removed.
 *
 * @param folder absolute path
 */
export function fillOutputFolder(
  folder: string,
  files: readonly OutputFile[],
  { traces = [], where = '' }: Filling = {},
): FilledFolder {
  const before = readNote(folder)
  const now = new Map<string, string>()
  for (const path of traces) noteFile(folder, path, now)
  const left = othersAmong(folder, files)
  const tooLong: string[] = []
  const failures = problemsOfWriting(
    folder,
    files.filter(({ path }) => !left.includes(path)).map((file) => noted(file, now, tooLong)),
    where,
  )
  const exported = [...before.exported].filter((path) => !now.has(path))
  // What could not be written is not noted now, and what is there in its place is of the last run that could.
  const wanted = new Set(files.map(({ path }) => path))
  const stale = [...before.files].filter(
    ([path]) => !now.has(path) && !wanted.has(path) && !before.exported.has(path),
  )
  const removed = stale.flatMap(([path, hash]) => removeStale(folder, path, hash))
  for (const path of exported) noteFile(folder, path, now)
  const note = { path: WRITTEN, text: noteText({ files: now, exported: new Set(exported) }) }
  return {
    failures: [...failures, ...(failures.length > 0 ? [] : problemsOfWriting(folder, [note]))],
    remarks: [...left.map(leftAlone), ...tooLong, ...removed],
    left,
  }
}

/**
 * Which of some files are not written, since a file of that name is there and tstrace has not noted that it wrote it: names of
 * formats are those of other tools.
 *
 * @param folder absolute path
 * @returns their paths
 */
export function othersAmong(folder: string, files: readonly OutputFile[]): string[] {
  const { files: noted } = readNote(folder)
  const isOthers = (path: string): boolean =>
    NAMES_OF_OTHERS.has(path) && !noted.has(path) && existsSync(resolve(folder, path))
  return files.map(({ path }) => path).filter(isOthers)
}

/** What is said of such a file. */
export function leftAlone(path: string): string {
  const message = `${printable(path)} is not written: there is one already, and tstrace has not written that.`
  return sentenceOf(
    new TstraceError(
      'TST_CANNOT_WRITE',
      `${message} Remove it, or choose another folder with \`coverdir\` or -C.`,
    ),
  )
}

/**
 * Notes what was written into an output folder without a report; everything else there stays.
 *
 * @param paths in the folder
 * @param isExported whether the next run is to let them be. Default: they are of a run
 * @returns a sentence if that cannot be written
 */
export function noteWritten(folder: string, paths: readonly string[], isExported = false): string[] {
  if (paths.length === 0) return []
  const before = readNote(folder)
  const files = new Map(before.files)
  for (const path of paths) noteFile(folder, path, files)
  const exported = new Set(before.exported)
  for (const path of paths)
    if (isExported) exported.add(path)
    else exported.delete(path)
  return problemsOfWriting(folder, [{ path: WRITTEN, text: noteText({ files, exported }) }]).map((error) =>
    sentenceOf(error),
  )
}

/** What cannot be read is not known later, and stays. */
function noteFile(folder: string, path: string, now: Map<string, string>): void {
  try {
    const hash = hashOfFile(folder, path)
    if (hash !== undefined) now.set(path, hash)
  } catch {}
}

/** A file that notes itself when its text is asked for. */
function noted(file: OutputFile, now: Map<string, string>, tooLong: string[]): OutputFile {
  return {
    path: file.path,
    get text() {
      const { text } = file
      if (typeof text !== 'string')
        return hashed(text, (hash, length) => {
          now.set(file.path, hash)
          if (length > LONGEST_TEXT) tooLong.push(unreadable(file.path))
        })
      now.set(file.path, hashOf(text))
      return text
    },
  }
}

/** Pieces as they are; says at their end what hash and length all of them have. */
function* hashed(
  pieces: Iterable<string | Uint8Array>,
  tell: (hash: string, length: number) => void,
): Generator<string | Uint8Array, void> {
  const hash = createHash('sha256')
  let length = 0
  for (const piece of larger(pieces)) {
    hash.update(piece)
    length += piece.length
    yield piece
  }
  tell(shortHash(hash), length)
}

/** Texts are made line by line, and to hash a line takes longer than to make it. */
function* larger(pieces: Iterable<string | Uint8Array>): Generator<string | Uint8Array, void> {
  let text = ''
  for (const piece of pieces) {
    const isText = typeof piece === 'string'
    if (isText) text += piece
    if (isText && text.length < PIECE) continue
    yield text
    text = ''
    if (!isText) yield piece
  }
  yield text
}

/** Characters that are hashed at a time. */
const PIECE = 2 ** 16

const LONGEST_TEXT = constants.MAX_STRING_LENGTH

function unreadable(path: string): string {
  const most = `${LONGEST_TEXT} characters, the most that JavaScript can hold as one text`
  return `${printable(path)} is longer than ${most}: it is whole, but can only be read line by line.`
}

/** @returns a sentence if it is there and cannot be removed. Folders stay: another run may be about to write there. */
function removeStale(folder: string, path: string, hash: string): string[] {
  // Whoever can write into the folder can forge what is noted there.
  if (!(OURS.test(path) || FILES_OF_FORMATS.has(path))) return []
  try {
    if (hashOfFile(folder, path) === hash) rmSync(resolve(folder, path))
    return []
  } catch (error) {
    const message = `Cannot remove ${path}, which is of an earlier run: ${reasonOf(error)}.`
    return [sentenceOf(new TstraceError('TST_CANNOT_WRITE', `${message} Remove it yourself.`))]
  }
}

/** Hash of a file in the folder; undefined where it is none, or lies somewhere else, through a link for instance. */
function hashOfFile(folder: string, path: string): string | undefined {
  try {
    const guarded = new GuardedFolder(folder)
    const place = guarded.placeOf(path)
    if (!guarded.isInside(place) || !lstatSync(place).isFile()) return undefined
    const hash = createHash('sha256')
    for (const piece of piecesOfOpened(openRegular(place))) hash.update(piece)
    return shortHash(hash)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (['ENOENT', 'ENOTDIR', 'TST_OUTSIDE_FOLDER'].includes(code)) return undefined
    throw error
  }
}

function hashOf(text: string): string {
  return shortHash(createHash('sha256').update(text))
}

function shortHash(hash: Hash): string {
  return hash.digest('hex').slice(0, 32)
}
