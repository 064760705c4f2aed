import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { guestFiles } from './own-file.ts'
import { writeUnseen } from './write-unseen.ts'

const UNCOMPILED_FILE = 'uncompiled'

/** Leaves word in the folder of a run that a process had to compile files of ours from the start. */
export function noteUncompiled(folder: string): void {
  try {
    writeUnseen(join(folder, UNCOMPILED_FILE), '', 'w')
  } catch {
    // Another run will say so.
  }
}

/** Absolute paths of the files of ours that are to be compiled ahead for the next run: all, or none. */
export function uncompiledFiles(folder: string): string[] {
  return existsSync(join(folder, UNCOMPILED_FILE)) ? guestFiles() : []
}
