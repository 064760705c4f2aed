import { existsSync, lstatSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { TstraceError } from '../errors.ts'
import { cannotWrite } from './file-errors.ts'
import { INTACT } from './intact.ts'
import { hasEnded, OWNER, ownerName } from './owner-name.ts'

/** A folder for what workers leave. */
export interface TemporaryFolder {
  /** Absolute. */
  readonly path: string
  /** Does nothing where it is gone already. */
  remove(): void
}

const PREFIX = 'tstrace-'

/** Milliseconds after which a folder says again that it is in use. */
const RENEWED = 60_000

/** Milliseconds after which one that has said nothing is doubted, and as long again after which it is taken for forgotten. */
const FORGOTTEN = 3_600_000

/** Name of the file that says that somebody doubts whether a folder is in use. Who uses it removes the file. */
const DOUBTED = 'doubted'

const NAME = new RegExp(`^${PREFIX}${OWNER}-\\w{6}$`)

const WAY_OUT =
  'Nothing of this run is counted. Make room there, or name another folder in the environment variable TMPDIR.'

/**
 * Makes a folder that is renewed as long as this process lives, and removes those that killed processes could not remove.
 * Its name says which process made it, where process numbers mean something: such a folder is forgotten as soon as that
 * process is no more. One of anywhere else is forgotten when it was not renewed for an hour, and was not renewed for an
 * hour after it was marked as doubted: a machine may have been asleep, and everything on it.
 *
 * @throws TstraceError `TST_CANNOT_WRITE`
 */
export function temporaryFolder(): TemporaryFolder {
  // A program that changes its folder has to find it, too.
  const parent = resolve(tmpdir())
  removeForgotten(parent)
  let path: string | undefined
  try {
    path = mkdtempSync(join(parent, `${PREFIX}${ownerName()}-`))
    writeFileSync(join(path, INTACT), '')
  } catch (error) {
    if (path !== undefined) rmSync(path, { recursive: true, force: true })
    throw nowhereToLeave(error)
  }
  const folder = path
  const timer = setInterval(() => renew(folder), RENEWED).unref()
  return {
    path: folder,
    remove() {
      clearInterval(timer)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What is thrown where nothing can be left in a folder for temporary files: `TST_CANNOT_WRITE`. */
export function nowhereToLeave(reason: unknown): TstraceError {
  return cannotWrite(`counts into ${tmpdir()}, the folder for temporary files`, reason, { wayOut: WAY_OUT })
}

function renew(folder: string): void {
  try {
    const now = new Date()
    rmSync(join(folder, DOUBTED), { force: true })
    utimesSync(folder, now, now)
  } catch {
    // Gone, which is noticed when something is looked for in it.
  }
}

function removeForgotten(parent: string): void {
  for (const name of namesIn(parent)) {
    const [, pid, start, place] = NAME.exec(name) ?? []
    if (pid === undefined || start === undefined || place === undefined) continue
    const path = join(parent, name)
    try {
      if (hasEnded(pid, start, place) ?? isSilent(path)) rmSync(path, { recursive: true, force: true })
    } catch {
      // Somebody else's.
    }
  }
}

/** Of a folder that cannot be listed nobody sees what is forgotten there. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Whether nobody has renewed a folder for an hour, nor within an hour after it was doubted. */
function isSilent(folder: string): boolean {
  // Neither it nor what is in it is a way to anywhere else: everybody may write there.
  const there = lstatSync(folder, { throwIfNoEntry: false })
  if (!there?.isDirectory() || Date.now() - there.mtimeMs < FORGOTTEN) return false
  const doubted = join(folder, DOUBTED)
  if (existsSync(doubted)) return true
  // Which renews the folder.
  writeFileSync(doubted, '', { flag: 'wx' })
  return false
}
