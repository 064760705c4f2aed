import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { INTACT, isAlive, REFUSED } from '@tstrace/results/files'
import type { FolderDamage } from './losses.ts'
import { CHILD, END, type WorkerFileHead } from './worker-file.ts'

/** What one worker wrote since it was last asked. */
export interface WorkerBytes {
  readonly head: WorkerFileHead
  /** Whole frames, and at the end perhaps a part of one. */
  readonly bytes: Uint8Array
  /**
   * `done`: said that nothing more will come; `open`: has not; `dead`: has not, and its process is gone; `failed`: could not
   * write all that it had to.
   */
  readonly end: 'done' | 'open' | 'dead' | 'failed'
  /** What the operating system said to one that failed: `ENOSPC`. */
  readonly error?: string
  /** Whether its process had perhaps no right any more to open its file. */
  readonly isHeld: boolean
}

/** How the name of a worker's file ends; that of one that failed with what the operating system said. */
const ENDING = /\.(open|held|done|failed)(?:-(\w+))?$/

/** How the file of a thread is called that a test has started: whoever ends it does not let it say so. */
const OF_CHILD_THREAD = new RegExp(`^\\d+-[1-9]\\d*-\\d+${CHILD}\\.`)

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
  /** Ids of files that are nobody's any more. */
  readonly #left = new Set<string>()
  #wasRemoved = false

  /** @param folder as `temporaryFolder` makes it */
  constructor(folder: string) {
    this.folder = folder
  }

  /**
   * What has happened to the folder since the last call that may have cost counts, whosever they were. A folder that is gone
   * is made again: those who still run leave there what they count from now on.
   */
  damage(): FolderDamage | undefined {
    const all = this.#all()
    if (this.#wasRemoved) {
      this.#wasRemoved = false
      return { kind: 'removed' }
    }
    const refused = all.filter((name) => name.startsWith(REFUSED))
    if (refused.length === 0 && all.includes(INTACT)) return undefined
    for (const name of refused) remove(join(this.folder, name))
    this.#leaveIntact()
    return { kind: 'unwritable', error: refused[0]?.slice(REFUSED.length) ?? '' }
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

  /** What is, or will be, in the files that are there now is of an earlier run: nobody is given it. */
  leaveBehind(): void {
    for (const name of this.#names()) this.#left.add(idOf(name))
    this.#removeLeft()
  }

  /**
   * Waits until every living worker has said that it is done.
   * @param most Milliseconds after which waiting ends in any case.
   */
  async workersDone(most: number): Promise<void> {
    const end = performance.now() + most
    while (this.#livingOpen() && performance.now() < end) await sleep(5)
  }

  *#taken(name: string): Generator<WorkerBytes, void> {
    const id = idOf(name)
    const [pid = 0, thread = 0] = id.split('-').map(Number)
    const isDead = !isAlive(pid)
    const known = this.#known.get(id)
    const { bytes: content, name: found } = this.#content(name, known?.taken ?? 0)
    const { bytes, end, error } = endOf(found, content, isDead)
    const headEnd = known ? 0 : bytes.indexOf('\n') + 1
    if (!known && headEnd === 0 && end === 'open') return
    const read = known?.head ?? headOf(bytes.toString('utf8', 0, headEnd))
    const head = read ?? { testFile: '', project: '', pid, thread }
    if (end === 'done' || isDead) {
      this.#known.delete(id)
      remove(join(this.folder, found))
    } else if (read) this.#known.set(id, { head, taken: (known?.taken ?? 0) + bytes.length })
    const isHeld = found.endsWith('.held')
    yield { head, bytes: bytes.subarray(read ? headEnd : bytes.length), end, isHeld, ...(error && { error }) }
  }

  /** A worker may rename its file after its name was read. */
  #content(name: string, from: number): { bytes: Buffer; name: string } {
    const id = name.slice(0, name.lastIndexOf('.') + 1)
    let found: string | undefined = name
    for (let tries = 0; found !== undefined && tries < 10; tries++) {
      const bytes = bytesOf(join(this.folder, found), from)
      if (bytes) return { bytes, name: found }
      found = this.#names().find((other) => other.startsWith(id))
    }
    return { bytes: Buffer.alloc(0), name }
  }

  #names(): string[] {
    return this.#all().filter((name) => ENDING.test(name) && !this.#left.has(idOf(name)))
  }

  /** Those to which nothing more can come. */
  #removeLeft(): void {
    const there = this.#all().filter((name) => this.#left.has(idOf(name)))
    const ended = there.filter((name) => name.endsWith('.done') || !isAlive(Number.parseInt(name, 10)))
    for (const name of ended) remove(join(this.folder, name))
    this.#left.clear()
    for (const name of there) if (!ended.includes(name)) this.#left.add(idOf(name))
    for (const id of this.#left) this.#known.delete(id)
  }

  #all(): string[] {
    try {
      return readdirSync(this.folder)
    } catch (error) {
      // Something else may have its name by now.
      if (!/^(ENOENT|ENOTDIR)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error
      this.#wasRemoved = true
      this.#known.clear()
      this.#leaveIntact()
      return []
    }
  }

  /** Where that is impossible it is seen again. */
  #leaveIntact(): void {
    try {
      if (!existsSync(this.folder)) mkdirSync(this.folder, { mode: 0o700 })
      writeFileSync(join(this.folder, INTACT), '')
    } catch {}
  }

  #livingOpen(): boolean {
    return this.#names().some(
      (name) =>
        /\.(open|held)$/.test(name) && !OF_CHILD_THREAD.test(name) && isAlive(Number.parseInt(name, 10)),
    )
  }
}

function idOf(name: string): string {
  return name.slice(0, name.lastIndexOf('.'))
}

/** The first line of a file; undefined where it is not whole. */
function headOf(line: string): WorkerFileHead | undefined {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** What a file says of its worker by its name or at its end, which is no part of what the worker counted. */
function endOf(
  name: string,
  bytes: Buffer,
  isDead: boolean,
): Pick<WorkerBytes, 'end' | 'error'> & { readonly bytes: Buffer } {
  const [, said, error] = ENDING.exec(name) ?? []
  if (said === 'held' && bytes.subarray(-END.length).equals(END))
    return { bytes: bytes.subarray(0, -END.length), end: 'done' }
  if (said === 'open' || said === 'held') return { bytes, end: isDead ? 'dead' : 'open' }
  return { bytes, end: said as WorkerBytes['end'], ...(error && { error }) }
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
