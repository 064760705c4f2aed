/*
 * How files are made, for packages of tstrace that need nothing else of core, and must be loaded fast.
 */
export { cannotWrite, systemRefusal } from './files/file-errors.ts'
export { GuardedFolder } from './files/guarded-folder.ts'
export { readSource } from './files/read-source.ts'
export { replaceFile } from './files/replace-file.ts'
export { nowhereToLeave, type TemporaryFolder, temporaryFolder } from './files/temporary-folder.ts'
export { obstaclesTo } from './run/obstacles-to.ts'
