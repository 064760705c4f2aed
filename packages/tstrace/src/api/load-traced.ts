import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { isAbsolute, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { unsupportedNode } from '@tstrace/core/node-support'
import { installState, type RuntimeState, stateOf } from '@tstrace/instrument/runtime'
import { hasSynchronousHooks, stripsTypes } from '@tstrace/node'
import {
  HOOKS_URL,
  programFilter,
  registerLoadHooks,
  registerOlderHooks,
  type Tracing,
} from '@tstrace/node/load'
import { sentenceOf, TstraceError } from '@tstrace/results/errors'
import { contextsOfTracers, shownByCurrent } from './current-tracer.ts'

let root: string | undefined
let importing = 0
let everything = false
const traced = new Set<string>()

/** The folder that names are relative to: the one the process was in when tracing began. Absolute, links resolved. */
export function tracedRoot(): string {
  root ??= realpathSync(process.cwd())
  return root
}

/** Where what runs in this realm is counted. */
export function tracedState(): RuntimeState {
  return stateOf(globalThis) ?? installState(globalThis)
}

/** Has every module that is loaded from now on instrumented, if it is one of the project; where that cannot be, says so. */
export function traceEverything(): void {
  const unsupported = unsupportedNode()
  if (unsupported) return process.emitWarning(sentenceOf(unsupported), 'TstraceWarning')
  everything = true
  begin()
}

/**
 * Loads a module with everything that it loads, instrumented.
 *
 * @param specifier a URL, a path, or the name of a package
 * @param parent URL or path of the file that relative specifiers start at; the current folder unless given
 * @throws TstraceError `TST_LOADED_BEFORE` when the module was there already, without counters
 */
export async function importTraced(specifier: string | URL, parent?: string | URL): Promise<unknown> {
  begin()
  const url = urlOf(specifier, parent)
  const path = url.startsWith('file:') ? fileURLToPath(url) : undefined
  importing++
  try {
    const module: unknown = await import(url)
    if (path !== undefined && hasSynchronousHooks() && filter(path) && !traced.has(path))
      throw loadedBefore(path)
    return module
  } finally {
    importing--
  }
}

/** Whether any module may have been loaded instrumented. */
export function hasTracedModules(): boolean {
  const isUnderCommand = stateOf(globalThis)?.take !== undefined
  return traced.size > 0 || isUnderCommand || !hasSynchronousHooks()
}

function filter(path: string): boolean {
  return tracing?.filter(path).trace ?? false
}

let tracing: Tracing | undefined

function begin(): void {
  if (tracing) return
  const unsupported = unsupportedNode()
  if (unsupported) throw unsupported
  // What each tracer leaves out it leaves out by itself.
  const filters = { include: [], exclude: [], ignoreDir: [], ignoreModule: [] }
  const place = { root: tracedRoot(), program: '', home: tracedRoot(), filters }
  const state = tracedState()
  state.live = shownByCurrent
  state.contexts ??= contextsOfTracers()
  tracing = {
    root: place.root,
    filter: programFilter(place),
    branches: false,
    calls: true,
    live: true,
    strips: stripsTypes(),
    isActive: () => everything || importing > 0,
    onTraced: (path) => traced.add(path),
  }
  process.setSourceMapsEnabled(true)
  if (hasSynchronousHooks()) return registerLoadHooks(tracing)
  const { branches, calls, live } = tracing
  registerOlderHooks(tracing, { hooks: HOOKS_URL, data: { ...place, branches, calls, live, debug: false } })
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
