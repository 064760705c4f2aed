/*
 * How files are found, read and made, for every process: little, and loaded fast.
 */

export { keptFolder } from './files/compiled-code.ts'
export { cannotRead, cannotWrite, reasonOf, systemRefusal, wayOutOf } from './files/file-errors.ts'
export { GuardedFolder } from './files/guarded-folder.ts'
export { INTACT, REFUSED } from './files/intact.ts'
export { isAlive } from './files/is-alive.ts'
export { keepCompiled } from './files/keep-compiled.ts'
export { keepFiles } from './files/keep-files.ts'
export { obstacleTo } from './files/obstacle-to.ts'
export { openRegular, piecesOfOpened } from './files/open-regular.ts'
export { readBytes, readSource } from './files/read-source.ts'
export { replaceFile } from './files/replace-file.ts'
export { nowhereToLeave, type TemporaryFolder, temporaryFolder } from './files/temporary-folder.ts'
