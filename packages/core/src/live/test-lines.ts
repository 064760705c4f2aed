/*
 * Runs beside the user's tests. Modules come from the process itself, because tests mock modules, and are taken before a
 * test can replace what is in them.
 */
import { printable } from '../printable.ts'
import { placeInside } from '../report/names.ts'
import type { LiveFile } from '../runtime/state.ts'
import { absolutePath, pathFromRoot } from '../source-file/path-from-root.ts'
import { liveTrace } from './live-trace.ts'
import { ownBuiltins } from './own-builtins.ts'
import type { TraceOrders } from './trace-orders.ts'
import { writeThrough } from './write-through.ts'

const { closeSync, mkdirSync, openSync, readFileSync, realpathSync } = process.getBuiltinModule('node:fs')
const { dirname, join } = process.getBuiltinModule('node:path')
const now = performance.now.bind(performance)

/** Characters that are kept before they are written to a file. */
const KEPT = 65_536

/** A test file whose lines are shown. */
export interface ShownTestFile {
  /** Absolute path. */
  readonly testFile: string
  /** Name of its project, or ''. */
  readonly project: string
}

/** Shows the lines that run for one test file: in a file of its own, or on standard output. */
export class TestLines {
  /** What `RuntimeState.live` is to be. */
  readonly live: (path: string) => LiveFile
  /** A sentence for the report where nothing can be shown. */
  readonly problem: string | undefined
  readonly #descriptor: number | undefined
  readonly #put: (text: string) => void
  readonly #own = ownBuiltins()
  #kept = ''
  #closed = false

  constructor({ folder, root, timing }: TraceOrders, tested: ShownTestFile) {
    const start = now()
    try {
      if (folder !== undefined) this.#descriptor = openTrace(root, folder, tested)
    } catch (error) {
      this.problem = printable(`The lines of ${tested.testFile} are not shown: ${(error as Error).message}`)
      this.#closed = true
    }
    this.#put = writeThrough(this.#descriptor ?? 1)
    this.live = liveTrace({
      source: (path) => readFileSync(absolutePath(root, path), 'utf8'),
      write: (text) => this.write(text),
      ...(timing && { seconds: () => (now() - start) / 1000 }),
    })
  }

  /**
   * A test is about to run: its name stands in front of its lines.
   *
   * @param names those of the blocks around it, then its own
   */
  begin(names: readonly string[]): void {
    const title = this.#own(() => printable(names.map((name) => name.replaceAll(/\s+/g, ' ')).join(' > ')))
    this.write(` --- test: ${title}\n`)
  }

  write(text: string): void {
    if (this.#closed) return
    this.#kept += text
    if (this.#descriptor === undefined || this.#kept.length > KEPT) this.flush()
  }

  /** Writes what is kept. A full disk or a closed pipe is no failure of a test. */
  flush(): void {
    const text = this.#kept
    this.#kept = ''
    this.#put(text)
  }

  /** What comes later is shown nowhere. */
  close(): void {
    if (this.#closed) return
    this.flush()
    this.#closed = true
    if (this.#descriptor !== undefined) closeSync(this.#descriptor)
  }
}

/** In its place from the start: it is there to be read while the test runs. */
function openTrace(root: string, folder: string, { project, testFile }: ShownTestFile): number {
  const inside = placeInside(pathFromRoot(root, realpathSync(testFile)))
  const path = join(folder, project.replaceAll(/[^\w.-]/g, '_'), inside.replace(/\.[^.]+$/, '.trace'))
  mkdirSync(dirname(path), { recursive: true })
  return openSync(path, 'w')
}
