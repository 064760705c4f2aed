import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from './is-alive.ts'

const PREFIX = 'tstrace-'

/** Milliseconds for which nothing has been put into a folder that is taken for forgotten. */
const FORGOTTEN = 3_600_000

/**
 * A new folder for what workers leave. Those that killed processes could not remove are removed now: of each the name has
 * the process, and none is removed within an hour, as the processes of another container may be out of sight.
 */
export function temporaryFolder(): string {
  removeForgotten(tmpdir())
  return mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
}

function removeForgotten(parent: string): void {
  for (const name of readdirSync(parent)) {
    const [, pid] = new RegExp(`^${PREFIX}(\\d+)-\\w{6}$`).exec(name) ?? []
    if (pid === undefined || isAlive(Number(pid))) continue
    const path = join(parent, name)
    try {
      if (Date.now() - statSync(path).mtimeMs > FORGOTTEN) rmSync(path, { recursive: true, force: true })
    } catch {
      // Somebody else's.
    }
  }
}
