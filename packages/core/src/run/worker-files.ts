import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from '../files/is-alive.ts'
import { temporaryFolder } from '../files/temporary-folder.ts'
import type { WorkerFileHead } from './worker-file.ts'

/** What one worker wrote since it was last asked. */
export interface WorkerBytes {
  readonly head: WorkerFileHead
  /** Whole frames, and at the end perhaps a part of one. */
  readonly bytes: Uint8Array
  /** `done`: said that nothing more will come; `open`: has not; `dead`: has not, and its process is gone. */
  readonly end: 'done' | 'open' | 'dead'
}

/** The temporary folder in which workers leave their counts. */
export class WorkerFiles {
  readonly folder: string
  readonly #read = new Map<string, number>()

  /** @param folder one that is there already; a new one unless given */
  constructor(folder: string = temporaryFolder()) {
    this.folder = folder
  }

  /** Everything written since the last call. Files to which nothing more can come are removed. */
  take(): WorkerBytes[] {
    return this.#names().flatMap((name) => {
      const id = name.slice(0, name.lastIndexOf('.'))
      const isDead = name.endsWith('.open') && !isAlive(Number.parseInt(name, 10))
      const { all, isDone } = this.#content(id)
      const headEnd = all.indexOf('\n') + 1
      if (headEnd === 0) return []
      const from = this.#read.get(id) ?? headEnd
      this.#read.set(id, all.length)
      if (isDone || isDead) rmSync(join(this.folder, name), { force: true })
      const head: WorkerFileHead = JSON.parse(all.toString('utf8', 0, headEnd))
      return [{ head, bytes: all.subarray(from), end: isDone ? 'done' : isDead ? 'dead' : 'open' }]
    })
  }

  /**
   * Waits until every living worker has said that it is done.
   * @param most Milliseconds after which waiting ends in any case.
   */
  async workersDone(most: number): Promise<void> {
    const end = performance.now() + most
    while (this.#livingOpen() && performance.now() < end) await sleep(5)
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** A worker may rename its file between the two looks. */
  #content(id: string): { all: Buffer; isDone: boolean } {
    const path = join(this.folder, id)
    if (existsSync(`${path}.open`)) {
      try {
        return { all: readFileSync(`${path}.open`), isDone: false }
      } catch {}
    }
    return { all: readFileSync(`${path}.done`), isDone: true }
  }

  #names(): string[] {
    return readdirSync(this.folder).filter((name) => /\.(open|done)$/.test(name))
  }

  #livingOpen(): boolean {
    return this.#names().some((name) => name.endsWith('.open') && isAlive(Number.parseInt(name, 10)))
  }
}
