import { createRequire } from 'node:module'
import { isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { hasSynchronousHooks } from '@tstrace/node'
import { TstraceError } from '@tstrace/results/errors'
import { loading, tracedModules } from './traced-modules.ts'

/**
 * Loads a module with everything that it loads, instrumented.
 *
 * @param specifier a URL, a path, or the name of a package
 * @param parent URL or path of the file that relative specifiers start at; the current folder unless given
 * @throws TstraceError `TST_LOADED_BEFORE` when the module was there already, without counters
 */
export async function importTraced(specifier: string | URL, parent?: string | URL): Promise<unknown> {
  // Whoever has us report a test run needs none of it.
  const { beginTracing } = await import('./begin-tracing.ts')
  const filter = beginTracing()
  const url = urlOf(specifier, parent)
  const path = url.startsWith('file:') ? fileURLToPath(url) : undefined
  loading.imports++
  try {
    const module: unknown = await import(url)
    if (path !== undefined && hasSynchronousHooks() && filter(path).trace && !tracedModules.has(path))
      throw loadedBefore(path)
    return module
  } finally {
    loading.imports--
  }
}

function urlOf(specifier: string | URL, parent: string | URL | undefined): string {
  if (typeof specifier !== 'string' || specifier.startsWith('file:')) return String(specifier)
  if (isAbsolute(specifier)) return pathToFileURL(specifier).href
  const from = parent === undefined ? join(process.cwd(), 'x') : pathOf(parent)
  if (/^\.\.?(\/|$)/.test(specifier)) return pathToFileURL(resolve(from, '..', specifier)).href
  return pathToFileURL(createRequire(from).resolve(specifier)).href
}

function pathOf(place: string | URL): string {
  return String(place).startsWith('file:') ? fileURLToPath(place) : String(place)
}

function loadedBefore(path: string): TstraceError {
  return new TstraceError(
    'TST_LOADED_BEFORE',
    `${path} was loaded before it could be instrumented, so nothing in it can be traced. ` +
      "Import it with tracer.import() before anything else does, or import 'tstrace/register' first of all.",
  )
}
