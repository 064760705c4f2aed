import type { OutputFile } from '../files/output-file.ts'
import { writeFilesSync } from '../files/write-files.ts'

/** Writes files into a folder as `writeFilesSync` does; what it would throw is the one problem. */
export function problemsOfWriting(folder: string, files: readonly OutputFile[]): string[] {
  try {
    writeFilesSync(folder, files)
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
