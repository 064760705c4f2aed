import { fchmodSync, fchownSync, fstatSync, lstatSync } from 'node:fs'

/** Who may do what with a file, as far as it is the same for a new one in its place. */
export interface Access {
  readonly mode: number
  readonly uid: number
  readonly gid: number
}

/** That of a file; undefined where there is none. */
export function accessOf(file: string): Access | undefined {
  const there = lstatSync(file, { throwIfNoEntry: false })
  return there?.isFile() ? { mode: there.mode & 0o777, uid: there.uid, gid: there.gid } : undefined
}

/** Gives it to an open file, as far as this process may. */
export function keepAccess(descriptor: number, { gid, mode, uid }: Access): void {
  const now = fstatSync(descriptor)
  attempt(() => {
    if (now.uid !== uid || now.gid !== gid) fchownSync(descriptor, uid, gid)
  })
  attempt(() => fchmodSync(descriptor, mode))
}

/** What this process may not do, and what the disk cannot keep, is no reason not to write. */
function attempt(action: () => void): void {
  try {
    action()
  } catch {}
}
