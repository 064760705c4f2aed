import { cpSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url))

/**
 * Fills a folder of modules. Our packages are copied, as users have them: Vitest transforms all that a linked one imports, which
 * takes 100 MB and a second in the main process.
 *
 * @param modules the folder, which is not there yet
 */
export function installModules(modules: string): void {
  mkdirSync(join(modules, '@tstrace'), { recursive: true })
  for (const name of readdirSync(MODULES))
    if (!/^\.|^@?tstrace$/.test(name)) symlinkSync(join(MODULES, name), join(modules, name))
  const scoped = readdirSync(join(MODULES, '@tstrace')).map((name) => join('@tstrace', name))
  for (const name of [...scoped, 'tstrace']) {
    const from = realpathSync(join(MODULES, name))
    if (basename(join(from, '..')) !== 'packages') continue
    cpSync(from, join(modules, name), {
      recursive: true,
      filter: (path) => !/^(?:src|test|\.vite.*)$/.test(basename(path)),
    })
  }
}
