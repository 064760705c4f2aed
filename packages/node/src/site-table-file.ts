import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Instrumented } from '@tstrace/instrument'
import { writeUnseen } from './write-unseen.ts'

/**
 * Leaves the site table of a source in the folder of the run, which saves making it a second time, and where all are there loading
 * what makes them. At once in its place: it is read when the program has ended, and one that is cut off is made again.
 */
export function writeSiteTable(folder: string, made: Instrumented): void {
  handOverTable(folder, made.id, siteTableText(made))
}

/** The table as it is handed over: one line. */
export function siteTableText({ hash, sites }: Pick<Instrumented, 'hash' | 'sites'>): string {
  return JSON.stringify({ hash, sites })
}

/** As `writeSiteTable`, for one that is written already. */
export function handOverTable(folder: string, id: string, table: string | Uint8Array): void {
  try {
    writeUnseen(fileOf(folder, id), table, 'wx')
  } catch {
    // Another process has handed it over, or nobody wants it any more.
  }
}

/** The table that was handed over, or undefined. */
export function readSiteTable(folder: string, id: string): Pick<Instrumented, 'hash' | 'sites'> | undefined {
  try {
    return JSON.parse(readFileSync(fileOf(folder, id), 'utf8'))
  } catch {
    return undefined
  }
}

function fileOf(folder: string, id: string): string {
  return join(folder, `${id}.table`)
}
