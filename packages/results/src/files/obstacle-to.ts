import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { TstraceError } from '../errors.ts'
import { cannotWrite } from './file-errors.ts'

/**
 * What will keep a run from writing somewhere, as far as that can be seen before it begins. Nothing is written.
 *
 * @param place absolute path
 * @param what it is to be
 * @returns what writing would end with; undefined where nothing is in the way
 */
export function obstacleTo(place: string, what: 'file' | 'folder'): TstraceError | undefined {
  try {
    const there = statSync(place, { throwIfNoEntry: false })
    if (!there) return dirname(place) === place ? undefined : obstacleTo(dirname(place), 'folder')
    if (what === 'folder' && !there.isDirectory()) return cannotWrite(place, code('ENOTDIR'))
    if (what === 'file' && there.isDirectory()) return cannotWrite(place, code('EISDIR'))
    if (what === 'file' && !there.isFile()) return cannotWrite(place, 'it is no regular file')
    accessSync(what === 'folder' ? place : dirname(realpathSync(place)), constants.W_OK)
    return undefined
  } catch (error) {
    return cannotWrite(place, error)
  }
}

function code(name: string): Error {
  return Object.assign(new Error(name), { code: name })
}
