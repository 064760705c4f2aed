import { INTACT, REFUSED } from '@tstrace/results/files'
import type { FrameLabel, TablesSent } from '../collect/frame.ts'
import { withTypedArrays } from '../collect/own-typed-arrays.ts'

/*
 * The writing side of what travels from a worker to the main process; it runs beside the user's tests. Modules come
 * from the process itself, because tests mock `node:fs`, and are taken before a test can replace what is in them. Only
 * those that call nothing else: `appendFileSync` calls the `openSync` that is in `node:fs` by then, which may be a spy.
 */
const { closeSync, constants, fstatSync, openSync, renameSync, writeSync } =
  process.getBuiltinModule('node:fs')
const { O_APPEND, O_WRONLY } = constants
const { threadId } = process.getBuiltinModule('node:worker_threads')
const { now } = Date
const { floor, random } = Math
const { stringify } = JSON
const { from } = Buffer

/** Where a process ends that cannot rename its file: the beginning of a frame that no frame has. */
export const END: Uint8Array = from('TST1\0\0\0\0\0\0\0\0')

/** At the end of the name of a file that a process or thread leaves which a test has started. */
export const CHILD = 'c'

/**
 * First line of a worker's file; frames follow. The file is named `<id>.open` while its worker runs, `<id>.done` after the
 * worker has said that nothing more will come, and `<id>.failed-<error>` as long as something of it cannot be written:
 * where nothing can be written a name can be changed. It is named `<id>.held` while the worker's process has perhaps no right to
 * open or rename it any more; then `END` stands at its end where nothing more will come.
 */
export interface WorkerFileHead extends FrameLabel {
  /** Whether a test has started the process or thread, which is no worker of the runner then. */
  readonly isChild?: boolean
  /** Process in which the worker runs. */
  readonly pid: number
  /** Thread in that process; 0 for its main thread. */
  readonly thread: number
}

/**
 * What one worker leaves behind in the folder of a run. What cannot be written waits until it can; if that never comes, the
 * main process sees it from the folder, and says what that means: nothing here may fail a test.
 */
export class WorkerFile {
  /** Of what was appended so far. */
  readonly tablesSent: TablesSent = { __proto__: null } as never
  readonly #folder: string
  readonly #path: string
  readonly #head: Uint8Array
  #ending = 'open'
  /** The open file, and what tells it from one that has its number after the program has closed it. */
  #held: { readonly file: number; readonly inode: number } | undefined
  /** Whether there is a file, as far as is known, and whether its first line is whole. */
  #isMade = false
  #isBegun = false
  #isEnded = false
  #frame: Uint8Array | undefined
  /** Bytes of what is being written that are there: of the first line, then of the frame. */
  #written = 0

  /**
   * @param label of the test file, or '' where there is none
   * @param isChild whether a test has started this process or thread
   */
  constructor(folder: string, { project, testFile }: FrameLabel, isChild = false) {
    const { pid } = process
    this.#folder = folder
    this.#path = `${folder}/${pid}-${threadId}-${now()}${floor(random() * 1e9)}${isChild ? CHILD : ''}`
    // A `WorkerFileHead`; `JSON.stringify` asks objects for a `toJSON`.
    const names = `"testFile":${stringify(testFile)},"project":${stringify(project)}`
    const child = isChild ? ',"isChild":true' : ''
    this.#head = from(`{${names},"pid":${pid},"thread":${threadId}${child}}\n`)
    this.isReady()
  }

  /** Whether a frame may be appended: as long as something cannot be written, counts are better left in their counters. */
  isReady(): boolean {
    if (this.#isEnded) return false
    if (this.#isBegun && !this.#frame) return true
    try {
      withTypedArrays(() => this.#write())
      return true
    } catch (error) {
      this.#fail((error as NodeJS.ErrnoException).code)
      return false
    }
  }

  /** Only after `isReady`. */
  append(frame: Uint8Array): void {
    if (this.#isEnded) return
    this.#frame = frame
    this.isReady()
  }

  /** Keeps the file open: the process is about to have fewer rights. */
  hold(): void {
    if (this.#held || !this.isReady() || !this.#rename('held')) return
    try {
      const file = openSync(`${this.#path}.held`, O_WRONLY | O_APPEND)
      this.#held = { file, inode: fstatSync(file).ino }
    } catch {
      this.#rename('open')
    }
  }

  /** Undoes `hold`, where the process has the right to. */
  release(): void {
    const { file } = this.#held ?? {}
    if (file === undefined || !this.#rename('open')) return
    if (this.#isHeld()) closeSync(file)
    this.#held = undefined
  }

  /** Says that nothing more will come. */
  close(): void {
    if (this.#held) this.release()
    if (this.isReady() && this.#held) this.append(END)
    else if (this.isReady() && this.#ending === 'open') this.#rename('done')
    this.#isEnded = true
  }

  #write(): void {
    // Once it is there it must not be made again: without its beginning nobody can read it.
    const held = this.#isHeld() ? this.#held?.file : undefined
    const file = held ?? openSync(`${this.#path}.${this.#ending}`, this.#isMade ? O_WRONLY | O_APPEND : 'a')
    this.#isMade = true
    try {
      if (!this.#isBegun) this.#writeAll(file, this.#head)
      this.#isBegun = true
      if (this.#frame) this.#writeAll(file, this.#frame)
      this.#frame = undefined
    } finally {
      if (held === undefined) closeSync(file)
    }
    if (this.#ending !== 'open' && !this.#held) this.#rename('open')
  }

  #isHeld(): boolean {
    try {
      return this.#held !== undefined && fstatSync(this.#held.file).ino === this.#held.inode
    } catch {
      return false
    }
  }

  #writeAll(file: number, bytes: Uint8Array): void {
    while (this.#written < bytes.length) this.#written += writeSync(file, bytes, this.#written)
    this.#written = 0
  }

  #fail(code = 'unknown'): void {
    // Somebody has removed the folder; it may come back.
    if (code === 'ENOENT' && this.#isMade) this.#beginAgain()
    if (this.#ending !== 'open' || this.#rename(`failed-${code}`)) return
    try {
      renameSync(`${this.#folder}/${INTACT}`, `${this.#folder}/${REFUSED}${code}`)
    } catch {
      // Somebody else was first, or the folder is gone.
    }
  }

  #beginAgain(): void {
    this.#isMade = false
    this.#isBegun = false
    this.#written = 0
    this.#ending = 'open'
    for (const id in this.tablesSent) delete this.tablesSent[id]
  }

  /** @returns whether that was possible */
  #rename(ending: string): boolean {
    try {
      renameSync(`${this.#path}.${this.#ending}`, `${this.#path}.${ending}`)
      this.#ending = ending
      return true
    } catch {
      return false
    }
  }
}
