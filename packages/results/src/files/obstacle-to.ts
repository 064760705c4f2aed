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
    const reason = reasonAgainst(place, what)
    return reason === undefined ? undefined : cannotWrite(place, reason)
  } catch (error) {
    return cannotWrite(place, error)
  }
}

/** What is not there yet is made in the first folder above it that is. */
function reasonAgainst(place: string, what: 'file' | 'folder'): Error | string | undefined {
  const there = statSync(place, { throwIfNoEntry: false })
  if (!there) return dirname(place) === place ? undefined : reasonAgainst(dirname(place), 'folder')
  if (what === 'folder' && !there.isDirectory()) return code('ENOTDIR')
  if (what === 'file' && there.isDirectory()) return code('EISDIR')
  if (what === 'file' && !there.isFile()) return 'it is no regular file'
  accessSync(what === 'folder' ? place : dirname(realpathSync(place)), constants.W_OK)
  return undefined
}

function code(name: string): Error {
  return Object.assign(new Error(name), { code: name })
}
