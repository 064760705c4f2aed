import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { TstraceError } from '../errors.ts'
import { checkOptions } from './check-options.ts'
import type { GivenOptions } from './tstrace-options.ts'

/** In the order in which they are looked for; the first that is there counts. */
const CONFIG_FILES: readonly string[] = ['ts', 'mts', 'js', 'mjs', 'json'].map(
  (extension) => `tstrace.config.${extension}`,
)

/** Imports a module by its path; a runner hands in its own where Node cannot read TypeScript. */
export type ImportModule = (path: string) => Promise<unknown>

/**
 * The options in the first `tstrace.config.*` of a folder; none when there is no such file.
 * @param importTypeScript Used when Node itself cannot import a TypeScript file (before 22.18).
 * @throws TstraceError `TST_CONFIG` when the file cannot be read, else as `checkOptions`.
 */
export async function loadConfigFile(root: string, importTypeScript?: ImportModule): Promise<GivenOptions> {
  const path = CONFIG_FILES.map((name) => join(root, name)).find((candidate) => existsSync(candidate))
  if (!path) return {}
  const given = await readConfig(path, importTypeScript).catch((cause: unknown) => {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new TstraceError('TST_CONFIG', `${path} cannot be loaded: ${problem}`, { cause })
  })
  return checkOptions(given, { at: 'reporters', where: basename(path) })
}

async function readConfig(path: string, importTypeScript: ImportModule | undefined): Promise<unknown> {
  if (path.endsWith('.json')) return JSON.parse(readFileSync(path, 'utf8'))
  const module = await importModule(path, importTypeScript)
  return (module as { default?: unknown }).default
}

async function importModule(path: string, importTypeScript: ImportModule | undefined): Promise<unknown> {
  try {
    return await import(pathToFileURL(path).href)
  } catch (error) {
    const unreadable = (error as { code?: string }).code === 'ERR_UNKNOWN_FILE_EXTENSION'
    if (unreadable && importTypeScript) return importTypeScript(path)
    throw error
  }
}
