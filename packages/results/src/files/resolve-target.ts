import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { cannotWrite } from './file-errors.ts'
import { makeFolders } from './make-folders.ts'

/** As many as Linux follows. */
const MOST_LINKS = 40

/**
 * The file that a name leads to, through links, also to what is not there yet: what is locked and replaced has to be that
 * file, so that all its names mean one lock, and links stay links. Its folder is made.
 *
 * @throws TstraceError `TST_CANNOT_WRITE`
 */
export function resolveTarget(file: string): string {
  try {
    if (existsSync(file)) return realpathSync(file)
    let target = file
    for (let steps = 0; isLink(target) && steps < MOST_LINKS; steps++)
      target = resolve(realpathSync(dirname(target)), readlinkSync(target))
    // In a circle, the system says so.
    if (isLink(target)) return realpathSync(target)
    makeFolders(dirname(target))
    return target
  } catch (error) {
    throw cannotWrite(file, error)
  }
}

function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
}
