import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { cannotWrite } from './file-errors.ts'
import { makeFolders } from './make-folders.ts'

/**
 * The file that a name leads to, through links, also to what is not there yet: what is locked and replaced has to be that
 * file, so that all its names mean one lock, and links stay links. Its folder is made.
 *
 * @throws TstraceError `TST_CANNOT_WRITE`
 */
export function resolveTarget(file: string): string {
  try {
    if (existsSync(file)) return realpathSync(file)
    const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()
    const target = isLink ? resolve(dirname(file), readlinkSync(file)) : file
    makeFolders(dirname(target))
    return target
  } catch (error) {
    throw cannotWrite(file, error)
  }
}
