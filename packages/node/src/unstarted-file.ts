import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { namesIn } from './names-in.ts'
import { writeUnseen } from './write-unseen.ts'

const ENDING = '.unstarted'

/**
 * Leaves word in the folder of a run that tracing could not begin in this process or thread.
 *
 * @param reason and the way out
 */
export function noteUnstarted(folder: string, reason: string): void {
  try {
    writeUnseen(join(folder, `${process.pid}-${threadId}${ENDING}`), reason, 'w')
  } catch {
    // The run has ended, and its folder with it: only this process has not.
  }
}

/** Why tracing could not begin, for each process or thread in which it could not. */
export function readUnstarted(folder: string): string[] {
  return namesIn(folder)
    .filter((name) => name.endsWith(ENDING))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
}

/** As `readUnstarted`, and forgets it. */
export function takeUnstarted(folder: string): string[] {
  const reasons = readUnstarted(folder)
  for (const name of namesIn(folder)) if (name.endsWith(ENDING)) rmSync(join(folder, name), { force: true })
  return reasons
}
