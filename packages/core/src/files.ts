/*
 * How files are made, for packages of tstrace that need nothing else of core, and must be loaded fast.
 */
export { makeFolders } from './files/make-folders.ts'
export { replaceFile } from './files/replace-file.ts'
export { nowhereToLeave, type TemporaryFolder, temporaryFolder } from './files/temporary-folder.ts'
export { obstaclesTo } from './run/obstacles-to.ts'
