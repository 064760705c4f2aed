import { randomBytes } from 'node:crypto'
import { lstatSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { hasEnded, OWNER, ownerName } from './owner-name.ts'

/** A file that is written before it gets its name is called so. */
const NAME = new RegExp(`^\\.tstrace-${OWNER}-[0-9a-f]{8}\\.tmp$`)

/** Milliseconds after which nobody is writing any more, wherever that was. */
const FORGOTTEN = 86_400_000

/** Folders in which this process has looked. */
const known = new Set<string>()

/** A name in the folder of a file that nobody has. */
export function nameBeside(file: string): string {
  return join(dirname(file), `.tstrace-${ownerName()}-${randomBytes(4).toString('hex')}.tmp`)
}

/** Removes from the folder of a file, once in a process, what killed processes have left under such names. */
export function removeLeftBeside(file: string): void {
  const folder = dirname(file)
  if (known.has(folder)) return
  known.add(folder)
  for (const name of namesIn(folder)) {
    const [, pid, start, place] = NAME.exec(name) ?? []
    if (pid === undefined || start === undefined || place === undefined) continue
    const path = join(folder, name)
    try {
      if (hasEnded(pid, start, place) ?? isForgotten(path)) rmSync(path, { force: true })
    } catch {
      // Somebody else's.
    }
  }
}

function isForgotten(path: string): boolean {
  return Date.now() - lstatSync(path).mtimeMs > FORGOTTEN
}

/** Of a folder that cannot be listed nobody sees what is left there. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
