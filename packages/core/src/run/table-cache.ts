import { join } from 'node:path'
import { readSource } from '@tstrace/results/files'
import { textHash } from '@tstrace/results/text-hash'
import { writeFilesSync } from '@tstrace/results/writing'
import { BUILD } from './build.ts'

/** The table of a source before it is written. */
export interface KeptTable {
  /** Absolute path of the source. */
  readonly path: string
  readonly id: string
  readonly table: string
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
  read(path: string, id: string): string | undefined {
    try {
      const text = readSource(join(this.#folder, nameOf(path)))
      const end = text.indexOf('\n') + 1
      const table = text.slice(end)
      return text.slice(0, end) === headOf(id, table) ? table : undefined
    } catch {
      return undefined
    }
  }

  /** Keeps tables, each in place of the one of an earlier text. What cannot be kept will be made again. */
  write(tables: readonly KeptTable[]): void {
    const files = tables.map(({ id, path, table }) => ({
      path: nameOf(path),
      text: headOf(id, table) + table,
    }))
    try {
      writeFilesSync(this.#folder, files)
    } catch {}
  }
}

function nameOf(path: string): string {
  return textHash(path)
}

function headOf(id: string, table: string): string {
  return `${BUILD.hash} ${id} ${textHash(table)}\n`
}
