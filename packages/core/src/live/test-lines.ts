/*
 * Runs beside the user's tests. Modules come from the process itself, because tests mock modules, and are taken before a
 * test can replace what is in them.
 */

import type { LiveFile } from '@tstrace/instrument/runtime'
import { absolutePath, pathFromRoot } from '@tstrace/instrument/source-file'
import { sentenceOf, TstraceError } from '@tstrace/results/errors'
import { GuardedFolder, readSource, reasonOf } from '@tstrace/results/files'
import { printable } from '@tstrace/results/printable'
import { fittingPlace, folded, placeInside } from '../report/place-inside.ts'
import { liveTrace } from './live-trace.ts'
import { ownBuiltins } from './own-builtins.ts'
import type { TraceOrders } from './trace-orders.ts'
import { writeThrough } from './write-through.ts'

const { closeSync, openSync, realpathSync, writeSync } = process.getBuiltinModule('node:fs')
const { createHash } = process.getBuiltinModule('node:crypto')
const { stringify } = JSON
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

interface LinesSurroundings {
  /** Is told in a sentence where lines cannot be shown. */
  readonly onProblem: (problem: string) => void
  /** Seconds since the test file began. Default: by the clock of this process. */
  readonly seconds?: () => number
}

/** Shows the lines that run for one test file: in a file of its own, or on standard output. */
export class TestLines {
  /** What `RuntimeState.live` is to be. */
  readonly live: (path: string) => LiveFile
  readonly #descriptor: number | undefined
  readonly #put: (text: string) => void
  readonly #own = ownBuiltins()
  #kept = ''
  #closed = false

  constructor(orders: TraceOrders, tested: ShownTestFile, surroundings: LinesSurroundings) {
    const { root, timing } = orders
    const start = now()
    const { onProblem, seconds = () => (now() - start) / 1000 } = surroundings
    const lost = (what: string, error: unknown): void =>
      onProblem(printable(`The lines of ${tested.testFile} are ${what}: ${wordsOf(error)}`))
    try {
      this.#descriptor = openTrace(orders, tested)
    } catch (error) {
      lost('not shown', error)
      this.#closed = true
    }
    this.#put = writeThrough(this.#descriptor ?? 1, (error) => lost('cut off', error))
    this.live = liveTrace({
      source: (path) => readSource(absolutePath(root, path)),
      write: (text) => this.write(text),
      ...(timing && { seconds }),
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

  /** Writes what is kept. */
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

function wordsOf(error: unknown): string {
  return error instanceof TstraceError ? sentenceOf(error) : `${reasonOf(error)}.`
}

/** In its place from the start: it is there to be read while the test runs. */
function openTrace({ files, root }: TraceOrders, tested: ShownTestFile): number | undefined {
  if (!files) return undefined
  const inside = placeInside(pathFromRoot(root, realpathSync(tested.testFile)))
  const above = tested.project.replaceAll(/[^\w.-]/g, '_').replace(/^\.+$/, '_')
  const whole = above === '' ? inside : `${above}/${inside}`
  const guarded = new GuardedFolder(files.folder)
  // As listings: who shares a name with another one keeps the extension.
  const names = [whole.replace(/\.[^./]+$/, ''), whole]
  for (let n = 0; ; n++) {
    const path = fittingPlace(names[n] ?? `${whole}~${n}`, '.trace')
    const place = guarded.placeOf(path)
    if (claim(files.claims, path, stringify(tested))) return guarded.openNew(place)
  }
}

/**
 * Says to the main process, and to other workers, whose a file of lines is.
 *
 * @returns whether nobody else has it
 */
function claim(claims: string, path: string, owner: string): boolean {
  const claimed = `${claims}${createHash('sha256').update(folded(path)).digest('hex')}`
  try {
    const descriptor = openSync(claimed, 'wx')
    try {
      writeSync(descriptor, `${stringify(path)}\n${owner}`)
    } finally {
      closeSync(descriptor)
    }
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    // A test file may run a second time.
    return readSource(claimed).endsWith(`\n${owner}`)
  }
}
