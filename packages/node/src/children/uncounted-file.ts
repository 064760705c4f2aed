import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { namesIn } from '../names-in.ts'
import { writeUnseen } from '../write-unseen.ts'

const ENDING = '.uncounted'

/** What tests have started and nobody counts. */
export interface Uncounted {
  /** What Node was to run in processes, as it was called there, one or more for each. */
  readonly processes: readonly (readonly string[])[]
  readonly threads: number
}

/** Leaves word of it in the folder of a run. */
export function noteUncounted(folder: string, uncounted: Uncounted): void {
  try {
    writeUnseen(join(folder, `${process.pid}-${threadId}${ENDING}`), `${JSON.stringify(uncounted)}\n`, 'a')
  } catch {
    // The run has ended, and its folder with it.
  }
}

/** All that there is word of. */
export function takeUncounted(folder: string): Uncounted {
  const files = namesIn(folder).filter((name) => name.endsWith(ENDING))
  const all = files.flatMap((name): Uncounted[] => {
    const path = join(folder, name)
    const lines = readFileSync(path, 'utf8').split('\n')
    rmSync(path, { force: true })
    return lines.filter(Boolean).map((line) => JSON.parse(line))
  })
  return {
    processes: all.flatMap(({ processes }) => processes),
    threads: all.reduce((sum, { threads }) => sum + threads, 0),
  }
}
