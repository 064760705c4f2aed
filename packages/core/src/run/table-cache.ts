import { join } from 'node:path'
import { readBytes } from '@tstrace/results/files'
import { textHash } from '@tstrace/results/text-hash'
import { writeFilesSync } from '@tstrace/results/writing'
import { BUILD } from './build.ts'

/** The table of a source as it is written. */
export interface KeptTable {
  /** Absolute path of the source. */
  readonly path: string
  readonly id: string
  readonly table: Buffer
}

/**
 * Tables of sources on disk. Where a runner has its modules in a cache, nobody has made their tables in this run: to parse all of
 * them again takes longer than the rest of what the main process does.
 */
export class TableCache {
  readonly #folder: string

  /** @param folder where the runner keeps what it has made of sources; need not be there */
  constructor(folder: string) {
    this.#folder = join(folder, 'tstrace')
  }

  /** Undefined for a text of which nothing is kept, or by another build, or where it is damaged. */
  read(path: string, id: string): Buffer | undefined {
    try {
      const bytes = readBytes(join(this.#folder, nameOf(path)))
      const end = bytes.indexOf('\n') + 1
      const table = bytes.subarray(end)
      return bytes.toString('latin1', 0, end) === headOf(id, table) ? table : undefined
    } catch {
      return undefined
    }
  }

  /** Keeps tables, each in place of the one of an earlier text. What cannot be kept will be made again. */
  write(tables: readonly KeptTable[]): void {
    const files = tables.map(({ id, path, table }) => ({
      path: nameOf(path),
      get text() {
        return headOf(id, table) + table.toString('utf8')
      },
    }))
    try {
      writeFilesSync(this.#folder, files)
    } catch {}
  }
}

/** How tables are written here: raised with every change of that. */
const FORMAT = 2

function nameOf(path: string): string {
  return textHash(path)
}

function headOf(id: string, table: Buffer): string {
  return `${FORMAT} ${BUILD.hash} ${id} ${textHash(table)}\n`
}
