import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that names them, with a lock file of its own: they are a third of all files, and only the bench needs them. */
export const FROM_NPM = fileURLToPath(new URL('from-npm', import.meta.url))

/**
 * The folder of a package that only the bench needs. The first time, all of them are installed.
 *
 * @throws if they cannot be installed
 */
export function packageFromNpm(name: string): string {
  const folder = join(FROM_NPM, 'node_modules', name)
  if (!existsSync(join(folder, 'package.json'))) install()
  return folder
}

function install(): void {
  console.error('Installing what only the bench needs, once')
  // What `npm run` was told must not be taken for its own.
  const env = Object.entries(process.env).filter(
    ([name]) => !/^npm_config_/i.test(name) || /registry/i.test(name),
  )
  const { error, status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: FROM_NPM,
    env: Object.fromEntries(env),
    shell: process.platform === 'win32',
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) throw new Error(`npm ci in ${FROM_NPM} ended with ${error?.message ?? status}`)
}
