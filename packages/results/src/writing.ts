/*
 * How what a user has asked for comes to its place, for main processes.
 */
export { withLock } from './files/lock-file.ts'
export type { OutputFile } from './files/output-file.ts'
export { resolveTarget } from './files/resolve-target.ts'
export { writeFilesSync } from './files/write-files.ts'
export { noteText, readNote, WRITTEN } from './files/written-note.ts'
