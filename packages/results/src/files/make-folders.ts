/*
 * Also beside the user's tests: modules come from the process itself, because tests mock modules.
 */
const { mkdirSync, statSync } = process.getBuiltinModule('node:fs')
const { dirname } = process.getBuiltinModule('node:path')

/**
 * Makes a folder and those above it, one by one: Node's own `recursive` never comes back where nothing can be made, as
 * below `/proc`.
 *
 * @throws what the operating system says
 */
export function makeFolders(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
  makeFolders(dirname(folder))
  try {
    mkdirSync(folder)
  } catch (error) {
    // Another process may have been quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    if (!statSync(folder).isDirectory()) throw Object.assign(error as Error, { code: 'ENOTDIR' })
  }
}
