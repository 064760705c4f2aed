import type { TablesSent } from '../collect/frame.ts'

/*
 * The writing side of what travels from a worker to the main process; it runs beside the user's tests. Modules come
 * from the process itself, because tests mock `node:fs`, and are taken before a test can replace what is in them. Only
 * those that call nothing else: `appendFileSync` calls the `openSync` that is in `node:fs` by then, which may be a spy.
 */
const { closeSync, openSync, renameSync, writeSync } = process.getBuiltinModule('node:fs')
const { threadId } = process.getBuiltinModule('node:worker_threads')
const { now } = Date
const { floor, random } = Math
const { stringify } = JSON
const { from } = Buffer

/**
 * First line of a worker's file; frames follow. The file is named `<id>.open` while its worker runs, and
 * `<id>.done` after the worker has said that nothing more will come.
 */
export interface WorkerFileHead {
  readonly testFile: string
  /** Process in which the worker runs. */
  readonly pid: number
  /** Thread in that process; 0 for its main thread. */
  readonly thread: number
}

/**
 * What one worker leaves behind in the folder of a run. When writing fails, the file stays as it is and open, and
 * the main process says what that means: nothing here may fail a test.
 */
export class WorkerFile {
  /** Of what was appended so far. */
  readonly tablesSent: TablesSent = { __proto__: null } as never
  readonly #path: string
  #ended = false

  /** @param testFile absolute path of the test file, or '' where there is none */
  constructor(folder: string, testFile: string) {
    this.#path = `${folder}/${process.pid}-${threadId}-${now()}${floor(random() * 1e9)}`
    // A `WorkerFileHead`; `JSON.stringify` asks objects for a `toJSON`.
    this.#write(from(`{"testFile":${stringify(testFile)},"pid":${process.pid},"thread":${threadId}}\n`))
  }

  append(frame: Uint8Array): void {
    this.#write(frame)
  }

  /** Says that nothing more will come. */
  close(): void {
    this.#guarded(() => renameSync(`${this.#path}.open`, `${this.#path}.done`))
    this.#ended = true
  }

  #write(bytes: Uint8Array): void {
    this.#guarded(() => {
      const file = openSync(`${this.#path}.open`, 'a')
      try {
        for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
      } finally {
        closeSync(file)
      }
    })
  }

  #guarded(action: () => void): void {
    if (this.#ended) return
    try {
      action()
    } catch {
      this.#ended = true
    }
  }
}
