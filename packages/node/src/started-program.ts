import * as fs from 'node:fs'
import { delimiter, isAbsolute, join, resolve } from 'node:path'
import { openRegular, piecesOfOpened } from '@tstrace/results/files'

/** Taken before the program can replace them. */
const { accessSync, closeSync, constants, readSync } = fs

/** From where something is started. */
export interface Place {
  /** Absolute path of the folder in which it runs. */
  readonly folder: string
  /** Where programs are looked for, as in the variable `PATH`. */
  readonly path: string
  /** Whether it runs as another user than this process did at its beginning, who can write nothing into the folder of the run. */
  readonly isOther: boolean
  /** How many shells are around it. */
  readonly depth: number
}

/** Bytes of a script for a shell that are looked through. */
const LARGEST = 2 ** 18

/** Bytes of a first line that systems read. */
const FIRST_LINE = 256

/** The absolute path of what runs under a name; undefined where there is nothing that may. */
export function programFile(name: string, { folder, path }: Place): string | undefined {
  if (name === '' || process.platform === 'win32') return undefined
  const places = name.includes('/') ? [folder] : path.split(delimiter).map((place) => resolve(folder, place))
  return places.map((place) => (isAbsolute(name) ? name : join(place, name))).find(mayRun)
}

function mayRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The program that a file says at its top is to read it, with its arguments; nothing where it says none. */
export function shebangOf(file: string): readonly string[] {
  try {
    const { descriptor } = openRegular(file)
    const bytes = Buffer.alloc(FIRST_LINE)
    try {
      readSync(descriptor, bytes)
    } finally {
      closeSync(descriptor)
    }
    const [, line = ''] = /^#!([^\n]*)/.exec(bytes.toString('latin1')) ?? []
    return line
      .trim()
      .split(/[ \t]+/)
      .filter(Boolean)
  } catch {
    return []
  }
}

/** The text of a file that a shell is to run; undefined where there is none, or a long one. */
export function textOf(file: string): string | undefined {
  try {
    const opened = openRegular(file)
    if (opened.size <= LARGEST) return Buffer.concat([...piecesOfOpened(opened)]).toString('utf8')
    closeSync(opened.descriptor)
  } catch {}
  return undefined
}
