import { posix } from 'node:path'

/**
 * Gives paths that start at one folder as they are from another one.
 *
 * @param from the folder that they start at, relative to the top of the repository; '' for the top
 * @param to the other one
 */
export function rebasePath(path: string, from: string, to: string): string {
  return from === to ? path : posix.relative(`/${UP}/${to}`, posix.join(`/${UP}/${from}`, path))
}

/** Room above the top for paths that lead out of the repository. */
const UP = `${'u/'.repeat(64)}u`
