import { existsSync, lstatSync, readlinkSync, realpathSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { makeFolders } from '../report/write-files.ts'
import { cannotWrite } from './cannot-write.ts'

/**
 * Where a file is, so that all its names mean one lock, and links, also to what is not there yet, stay links. Its folder
 * is made.
 *
 * @throws TstraceError `TST_CANNOT_WRITE`
 */
export function placeOf(file: string): string {
  try {
    if (existsSync(file)) return realpathSync(file)
    const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()
    const place = isLink ? resolve(dirname(file), readlinkSync(file)) : file
    makeFolders(dirname(place))
    return place
  } catch (error) {
    throw cannotWrite(file, error)
  }
}
