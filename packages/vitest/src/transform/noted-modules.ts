import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { textHash } from '@tstrace/results/text-hash'
import { writeFilesSync } from '@tstrace/results/writing'

/*
 * Of a module in Vitest's cache nobody is asked, and what has to be said of it would be said in the first run only. So there are marks
 * for such modules, and what has one is transformed in every run. They are never removed: what Vitest has made of an earlier text is
 * still there when that comes back.
 */

const FOLDER = 'tstrace'

/** Modules of which this run or an earlier one has something to say. */
export class NotedModules {
  readonly #folders: readonly string[]
  readonly #maker: string
  /** The name of its mark, by id of a module. */
  readonly #marks = new Map<string, string>()

  /**
   * @param caches folders of Vitest's cache: what is removed with its modules can be missing only where they are
   * @param maker stands for everything but the text that changes what is said
   */
  constructor(caches: readonly string[], maker: string) {
    this.#folders = caches.map((cache) => join(cache, FOLDER))
    this.#maker = maker
  }

  /** @param text what the module is made of */
  has(id: string, text: string): boolean {
    const mark = textHash(`${this.#maker}\0${id}\0${text}`)
    this.#marks.set(id, mark)
    return this.#folders.some((folder) => existsSync(join(folder, mark)))
  }

  /** Does nothing with a module of which nobody has asked: it is in no cache. */
  add(id: string): void {
    const mark = this.#marks.get(id)
    if (mark === undefined) return
    for (const folder of this.#folders) {
      try {
        writeFilesSync(folder, [{ path: mark, text: '' }])
      } catch {
        // Where nothing can be written, no module can be kept either.
      }
    }
  }
}
