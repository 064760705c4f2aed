import { existsSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inspect, types } from 'node:util'
import { messageOf, TstraceError } from '@tstrace/results/errors'
import { complaint } from '@tstrace/results/printable'
import { checkOptions } from './check-options.ts'
import type { GivenOptions } from './tstrace-options.ts'

/** In the order in which they are looked for; the first that is there counts. */
const CONFIG_FILES: readonly string[] = ['ts', 'mts', 'js', 'mjs', 'json'].map(
  (extension) => `tstrace.config.${extension}`,
)

/** Imports a module by its path; a runner hands in its own where Node cannot read TypeScript. */
export type ImportModule = (path: string) => Promise<unknown>

export interface ConfigLoading {
  /** Used when Node itself cannot import a TypeScript file (before 22.18). */
  readonly importTypeScript?: ImportModule | undefined
  /** Milliseconds that a file may take. Default: a minute. */
  readonly patience?: number
}

const MINUTE = 60_000

/**
 * The options in the first `tstrace.config.*` of a folder; none when there is no such file.
 * @throws TstraceError `TST_CONFIG` when the file cannot be read, else as `checkOptions`.
 */
export async function loadConfigFile(root: string, loading: ConfigLoading = {}): Promise<GivenOptions> {
  const path = CONFIG_FILES.map((name) => join(root, name)).find((candidate) => existsSync(candidate))
  if (!path) return {}
  // Nobody can stop a file that ends the process, but it does not end it in silence.
  const onExit = (): void => {
    process.stderr.write(`${complaint(`The process ended while ${path} was loaded. [TST_CONFIG]`)}\n`)
  }
  // In front of others, who may end it while they hear of that: Vitest 3 does.
  process.prependOnceListener('exit', onExit)
  try {
    const given = await readConfig(path, loading)
    return checkOptions(given, { at: 'reporters', where: basename(path) })
  } finally {
    process.off('exit', onExit)
  }
}

/** What a file exports, its values read. */
async function readConfig(
  path: string,
  { importTypeScript, patience = MINUTE }: ConfigLoading,
): Promise<object> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    const seconds = patience / 1000
    const problem = `it is not loaded after ${seconds} seconds: something that it awaits does not end.`
    timer = setTimeout(() => reject(new Error(problem)), patience)
  })
  try {
    const { exported } = await Promise.race([exportOf(path, importTypeScript), late])
    return { ...objectOf(exported) }
  } catch (cause) {
    throw new TstraceError('TST_CONFIG', `${path} cannot be loaded: ${messageOf(cause)}`, { cause })
  } finally {
    clearTimeout(timer)
  }
}

/** In an object of ours: a promise that is exported would be awaited, whatever becomes of it. */
async function exportOf(path: string, importTypeScript?: ImportModule): Promise<{ exported: unknown }> {
  // Others, as pipes, keep whoever opens them waiting.
  if (!statSync(path).isFile()) throw new Error('it is not a regular file.')
  if (path.endsWith('.json')) return { exported: JSON.parse(readFileSync(path, 'utf8')) }
  const module = (await importModule(path, importTypeScript)) as object
  if (!('default' in module)) throw new Error('it has no default export. Write `export default { … }`.')
  return { exported: module.default }
}

/** Refuses what has no options in it although it could be taken for an object. */
function objectOf(exported: unknown): object {
  const refuse = (what: string, wayOut = ''): never => {
    throw new Error(`its default export is ${what}.${wayOut}`)
  }
  if (types.isPromise(exported)) return refuse('a promise, not an object', ' Write `await` in front of it.')
  if (typeof exported === 'function') return refuse('a function, not an object', ' Export what it returns.')
  if (typeof exported !== 'object' || exported === null)
    return refuse(`${inspect(exported)}, not an object of options`)
  const prototype: object | null = Object.getPrototypeOf(exported)
  // Objects may come from another realm.
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return exported
  return refuse(`of the class ${prototype.constructor.name}, not an object of options`)
}

async function importModule(path: string, importTypeScript: ImportModule | undefined): Promise<unknown> {
  try {
    return await import(pathToFileURL(path).href)
  } catch (error) {
    const unreadable = (error as { code?: string } | null)?.code === 'ERR_UNKNOWN_FILE_EXTENSION'
    if (unreadable && importTypeScript) return importTypeScript(path)
    throw error
  }
}
