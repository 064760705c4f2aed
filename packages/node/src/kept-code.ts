import { join } from 'node:path'
import * as zlib from 'node:zlib'
import type { Instrumented } from '@tstrace/instrument'
import { textHash } from '@tstrace/results/text-hash'
import { CODE_FILE, type CodeCache } from './orders.ts'
import { readUnseen } from './read-unseen.ts'
import { handOverTable, siteTableText } from './site-table-file.ts'
import { writeUnseen } from './write-unseen.ts'

/** Taken before the program can replace it. */
const { crc32 } = zlib

/** A source with counters. */
export interface CountedCode {
  readonly code: string
  /** From there to the source, as JSON. */
  readonly map: string
}

/** Which text of a file it is. */
export interface CountedText {
  /** Without regard to a byte order mark. */
  readonly id: string
  /** Whether it begins with one: the code does so, too, since Node may refuse the file for it. */
  readonly isMarked: boolean
}

/** What is put in beside counters. */
type How = Readonly<Record<'branches' | 'calls' | 'live', boolean>>

type ToKeep = CountedCode & Pick<Instrumented, 'hash' | 'sites'>

/** How they are written: raised with every change of that. */
const FORMAT = 2

/**
 * Code with counters that earlier runs have made, beside what V8 has compiled of our own files. A program's process only reads there;
 * what it has made itself it leaves in the folder of the run, from which the command keeps it.
 */
export class KeptCode {
  readonly #cache: CodeCache
  readonly #folder: string
  readonly #how: string

  /** @param folder of the run */
  constructor(cache: CodeCache, folder: string, { branches, calls, live }: How) {
    this.#cache = cache
    this.#folder = folder
    this.#how = [branches, calls, live].join()
  }

  /**
   * What was kept of a source, whose site table is in the folder of the run then; undefined where nothing is kept of this text, or by
   * another build, or where it is damaged.
   *
   * @param path absolute
   */
  read(path: string, text: CountedText): CountedCode | undefined {
    try {
      const bytes = readUnseen(join(this.#cache.folder, this.#nameOf(path)))
      // The head, the table and the map have a line each.
      const first = bytes.indexOf('\n')
      const second = bytes.indexOf('\n', first + 1)
      const third = bytes.indexOf('\n', second + 1)
      if (bytes.toString('latin1', 0, first) !== this.#headOf(text, bytes.subarray(first + 1)))
        return undefined
      handOverTable(this.#folder, text.id, bytes.subarray(first + 1, second))
      return { code: bytes.toString('utf8', third + 1), map: bytes.toString('utf8', second + 1, third) }
    } catch {
      return undefined
    }
  }

  /** Leaves what was made of a source for the command to keep it. */
  leave(path: string, text: CountedText, { code, map, ...table }: ToKeep): void {
    try {
      const body = Buffer.from(`${siteTableText(table)}\n${map}\n${code}`)
      const file = join(this.#folder, this.#nameOf(path))
      writeUnseen(file, Buffer.concat([Buffer.from(`${this.#headOf(text, body)}\n`), body]), 'wx')
    } catch {
      // Another process has left it, or it will be made again.
    }
  }

  #nameOf(path: string): string {
    return textHash(`${this.#how}\n${path}`) + CODE_FILE
  }

  #headOf({ id, isMarked }: CountedText, body: Uint8Array): string {
    return `${FORMAT} ${this.#cache.build} ${id} ${isMarked} ${crc32(body)}`
  }
}
