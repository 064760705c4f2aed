import { once } from 'node:events'
import { createWriteStream, renameSync, type WriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Transform, Writable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { accessOf, keepAccess } from './keep-access.ts'
import { nameBeside, removeLeftBeside } from './name-beside.ts'

/** Text is handed on in pieces of this many characters. */
const PIECE = 2 ** 18

/** As `replaceFile`, for a text that comes in pieces. Each method throws what the operating system says. */
export class FileReplacement {
  readonly #file: string
  readonly #temporary: string
  readonly #into: Writable
  readonly #stream: WriteStream
  readonly #done: Promise<unknown>
  #text = ''

  /** @param compressor what the text goes through on its way, if anything */
  constructor(file: string, compressor?: Transform) {
    this.#file = file
    removeLeftBeside(file)
    this.#temporary = nameBeside(file)
    const access = accessOf(file)
    this.#stream = createWriteStream(this.#temporary, { flags: 'wx', mode: access?.mode })
    if (access) this.#stream.once('open', (descriptor) => keepAccess(descriptor, access))
    this.#done = compressor ? pipeline(compressor, this.#stream) : finished(this.#stream)
    // Whoever waits for it is told; until somebody does, it is no unhandled rejection.
    this.#done.catch(() => {})
    this.#into = compressor ?? this.#stream
  }

  /** @returns when there is room for more */
  async write(text: string): Promise<void> {
    this.#text += text
    if (this.#text.length < PIECE) return
    const piece = this.#text
    this.#text = ''
    if (!this.#into.write(piece)) await Promise.race([once(this.#into, 'drain'), this.#done])
  }

  /** Says that there is no more text. @returns when everything is on the disk, beside its place */
  async end(): Promise<void> {
    this.#into.end(this.#text)
    await this.#done
  }

  /** Puts the file in its place. */
  replace(): void {
    renameSync(this.#temporary, this.#file)
  }

  /** Removes everything that was written. */
  async abandon(): Promise<void> {
    this.#into.destroy()
    this.#stream.destroy()
    await this.#done.catch(() => {})
    await rm(this.#temporary, { force: true })
  }
}
