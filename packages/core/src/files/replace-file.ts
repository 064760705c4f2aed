import { randomUUID } from 'node:crypto'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Writes a file beside its place and then renames it, so that nobody ever reads half of it. Where that fails, the file is
 * as it was, and nothing else is left.
 *
 * @param temporary where to write it first: a name in the same folder, from which whatever has it is removed. Default: one
 * that nobody has. Who holds a lock gives the same one each time, so that processes that die here leave no more than one.
 * @throws what the operating system says, `path` being the file's
 */
export function replaceFile(file: string, content: string | Uint8Array, temporary?: string): void {
  const beside = temporary ?? nameBeside(file)
  try {
    if (temporary !== undefined) rmSync(temporary, { force: true })
    writeThenRename(beside, content, file)
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: file })
  }
}

function writeThenRename(temporary: string, content: string | Uint8Array, file: string): void {
  try {
    writeFileSync(temporary, content, { flag: 'wx' })
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

/** A name in the folder of a file that nobody has. */
export function nameBeside(file: string): string {
  return join(dirname(file), `.tstrace-${randomUUID()}.tmp`)
}
