import { closeSync, lstatSync, openSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { type Access, accessOf, keepAccess } from './keep-access.ts'
import { nameBeside, removeLeftBeside } from './name-beside.ts'

/** Characters written at a time. */
const PIECE = 2 ** 18

/** What is written into a file: text or bytes, at once or in pieces. */
export type Content = string | Uint8Array | Iterable<string | Uint8Array>

/**
 * Writes a file beside its place and then renames it, so that nobody ever reads half of it. Where that fails, the file is
 * as it was, and nothing else is left. Whoever might read and write it may do so afterwards.
 *
 * @param temporary where to write it first: a name in the same folder, from which whatever has it is removed. Default: one
 * that nobody has. Who holds a lock gives the same one each time, so that processes that die here leave no more than one.
 * @throws what the operating system says, `path` being the file's
 */
export function replaceFile(file: string, content: Content, temporary?: string): void {
  const beside = temporary ?? nameBeside(file)
  removeLeftBeside(file)
  try {
    if (temporary !== undefined) rmSync(temporary, { force: true })
    writeThenRename(beside, content, file)
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: file })
  }
}

function writeThenRename(temporary: string, content: Content, file: string): void {
  try {
    const pieces = typeof content === 'string' || content instanceof Uint8Array ? [content] : content
    write(temporary, pieces, accessOf(file))
    // Of a text that is there already `writeFiles` knows before; Jest takes each JSON file that is replaced for a change.
    if (pieces === content && isSame(temporary, file)) rmSync(temporary)
    else renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** Whether a file that was written is, byte for byte, the one in its place. */
function isSame(written: string, file: string): boolean {
  const there = lstatSync(file, { throwIfNoEntry: false })
  const { size } = lstatSync(written)
  if (!there?.isFile() || there.size !== size) return false
  const opened: number[] = []
  try {
    for (const path of [written, file]) opened.push(openSync(path, 'r'))
    const [one, other] = [Buffer.alloc(PIECE), Buffer.alloc(PIECE)]
    for (let at = 0; at < size; at += PIECE) {
      const lengths = [one, other].map((buffer, i) => readSync(opened[i] as number, buffer, 0, PIECE, at))
      if (!one.subarray(0, lengths[0]).equals(other.subarray(0, lengths[1]))) return false
    }
    return true
  } catch {
    // It cannot be read: whatever it is, it is replaced.
    return false
  } finally {
    for (const descriptor of opened) closeSync(descriptor)
  }
}

function write(file: string, pieces: Iterable<string | Uint8Array>, access: Access | undefined): void {
  const descriptor = openSync(file, 'wx', access?.mode)
  try {
    if (access) keepAccess(descriptor, access)
    let text = ''
    for (const piece of pieces) {
      if (typeof piece !== 'string') {
        writeFileSync(descriptor, text)
        text = ''
        writeFileSync(descriptor, piece)
      } else if (text.length + piece.length < PIECE) text += piece
      else {
        writeFileSync(descriptor, text + piece)
        text = ''
      }
    }
    writeFileSync(descriptor, text)
  } finally {
    closeSync(descriptor)
  }
}
