/*
 * The hooks of a Node whose hooks run in a thread of their own. Required modules come by another way: see older-hooks.ts.
 */
import { readFileSync } from 'node:fs'
import type { InitializeHook, LoadFnOutput, LoadHook, ResolveHook } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { moduleFormat } from './module-format.ts'
import type { Orders } from './orders.ts'
import { programFilter } from './program-filter.ts'
import { type Tracing, tracedModule } from './traced-module.ts'
import { helperPlace, typescriptPlace } from './typescript-places.ts'

/** What crosses to the thread of the hooks. */
export type ModuleHooksData = Pick<
  Orders,
  'root' | 'program' | 'home' | 'calls' | 'live' | 'ignoreDir' | 'ignoreModule'
>

let tracing: Tracing | undefined

export const initialize: InitializeHook<ModuleHooksData> = (data) => {
  const { calls, live, root } = data
  tracing = { root, calls, live, filter: programFilter(data), strips: false, isActive: () => true }
}

export const resolve: ResolveHook = async (specifier, context, nextResolve) => {
  const helper = helperPlace(specifier)
  if (helper) return { url: pathToFileURL(helper).href, shortCircuit: true }
  try {
    return await nextResolve(specifier, context)
  } catch (error) {
    const { parentURL } = context
    const place = parentURL?.startsWith('file:') && typescriptPlace(specifier, fileURLToPath(parentURL))
    if (!place) throw error
    return { url: pathToFileURL(place).href, shortCircuit: true }
  }
}

export const load: LoadHook = async (url, context, nextLoad) => {
  if (!tracing || !url.startsWith('file:')) return nextLoad(url, context)
  const path = fileURLToPath(url.replace(/[?#].*$/, ''))
  if (/\.([cm]?ts|[jt]sx)$/.test(path)) {
    const source = readFileSync(path, 'utf8')
    const format = moduleFormat(path, source)
    // Without a source Node requires it, and what is required is compiled elsewhere; the types do not know that.
    if (format === 'commonjs') return { format, source: null, shortCircuit: true } as unknown as LoadFnOutput
    return { format, source: tracedModule(path, source, tracing)?.code ?? source, shortCircuit: true }
  }
  const loaded = await nextLoad(url, context)
  if (loaded.format !== 'module' || !loaded.source) return loaded
  const source = typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source)
  return { ...loaded, source: tracedModule(path, source, tracing)?.code ?? source }
}
