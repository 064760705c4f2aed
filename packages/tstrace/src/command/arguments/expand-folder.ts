import { homedir } from 'node:os'
import { dirname, join, normalize } from 'node:path'

/** What `$prefix` stands for, whether it is there or not. */
export const GLOBAL_PACKAGES: string = join(dirname(dirname(process.execPath)), 'lib')

/**
 * A folder of `--ignore-dir` with what is written for short: environment variables (`$NAME`, `${NAME}`), `~` for the
 * home folder, and Python's `$prefix` for where Node keeps its globally installed packages.
 */
export function expandFolder(given: string): string {
  const expanded = given
    .replace(/\$(?:(\w+)|\{(\w+)\})/g, (whole, bare, braced) => variable(bare ?? braced) ?? whole)
    .replace(/^~(?=$|[\\/])/, homedir())
  return normalize(expanded)
}

/** As in Python, a variable of the environment wins over the built-in meaning. */
function variable(name: string): string | undefined {
  const value = process.env[name]
  if (value !== undefined) return value
  return name === 'prefix' || name === 'exec_prefix' ? GLOBAL_PACKAGES : undefined
}
