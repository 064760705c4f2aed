import { closeSync, fstatSync, openSync, readdirSync, readSync, rmSync, unlinkSync } from 'node:fs'
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

/** What is known of a file that is not done. */
interface Known {
  readonly head: WorkerFileHead
  /** Bytes taken so far. */
  readonly taken: number
}

/** The temporary folder in which workers leave their counts. */
export class WorkerFiles {
  readonly folder: string
  readonly #known = new Map<string, Known>()

  /** @param folder one that is there already; a new one unless given */
  constructor(folder: string = temporaryFolder()) {
    this.folder = folder
  }

  /**
   * Everything written since the last call, one file after the other: only one is in memory at a time. Files to which
   * nothing more can come are removed.
   */
  *take(): Generator<WorkerBytes, void> {
    for (const name of this.#names()) yield* this.#taken(name)
  }

  /** As `take`, but only of workers that are done; may be called at any time while others write. */
  *takeDone(): Generator<WorkerBytes, void> {
    for (const name of this.#names()) if (name.endsWith('.done')) yield* this.#taken(name)
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

  *#taken(name: string): Generator<WorkerBytes, void> {
    const id = name.slice(0, name.lastIndexOf('.'))
    const isDead = name.endsWith('.open') && !isAlive(Number.parseInt(name, 10))
    const known = this.#known.get(id)
    const { bytes, isDone } = this.#content(id, known?.taken ?? 0)
    const headEnd = known ? 0 : bytes.indexOf('\n') + 1
    if (!known && headEnd === 0) return
    const head: WorkerFileHead = known?.head ?? JSON.parse(bytes.toString('utf8', 0, headEnd))
    if (isDone || isDead) {
      this.#known.delete(id)
      remove(join(this.folder, `${id}.${isDone ? 'done' : 'open'}`))
    } else this.#known.set(id, { head, taken: (known?.taken ?? 0) + bytes.length })
    yield { head, bytes: bytes.subarray(headEnd), end: isDone ? 'done' : isDead ? 'dead' : 'open' }
  }

  /** A worker may rename its file after its name was read. */
  #content(id: string, from: number): { bytes: Buffer; isDone: boolean } {
    const path = join(this.folder, id)
    const bytes = bytesOf(`${path}.open`, from)
    if (bytes) return { bytes, isDone: false }
    return { bytes: bytesOf(`${path}.done`, from) ?? Buffer.alloc(0), isDone: true }
  }

  #names(): string[] {
    return readdirSync(this.folder).filter((name) => /\.(open|done)$/.test(name))
  }

  #livingOpen(): boolean {
    return this.#names().some((name) => name.endsWith('.open') && isAlive(Number.parseInt(name, 10)))
  }
}

/** What cannot be removed now goes with the folder. */
function remove(path: string): void {
  try {
    unlinkSync(path)
  } catch {}
}

/** What stands in a file from a place on; undefined where there is no such file. */
function bytesOf(path: string, from: number): Buffer | undefined {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return undefined
  }
  try {
    const bytes = Buffer.allocUnsafe(Math.max(0, fstatSync(file).size - from))
    let length = 0
    for (let more = -1; more !== 0 && length < bytes.length; length += more)
      more = readSync(file, bytes, length, bytes.length - length, from + length)
    return bytes.subarray(0, length)
  } finally {
    closeSync(file)
  }
}
