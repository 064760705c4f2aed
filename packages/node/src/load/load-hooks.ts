import { readFileSync } from 'node:fs'
import * as nodeModule from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { isToBeCompiled, patternOf } from '@tstrace/instrument/source-file'
import { moduleFormat } from './module-format.ts'
import { replaceCompile } from './replace-compile.ts'
import { startOwnParser } from './start-own-parser.ts'
import { type Tracing, tracedModule, tracedRequired } from './traced-module.ts'
import { callsHelpers, isCompiledFile, otherPlace } from './typescript-places.ts'
import { withOwnBuiltins } from './with-own-builtins.ts'

interface Loaded {
  readonly format?: string | null | undefined
  readonly source?: string | ArrayBuffer | Uint8Array | null | undefined
  readonly shortCircuit?: boolean
}

interface Resolved {
  readonly url: string
  readonly format?: string | null | undefined
  readonly shortCircuit?: boolean
}

type NextResolve = (specifier: string, context: object) => Resolved

type NextLoad = (url: string, context: object) => Loaded

/** What Node gives to code that is loaded synchronously; not there before Node 22.15. */
type RegisterHooks = (hooks: {
  resolve?: (
    specifier: string,
    context: { parentURL?: string | undefined },
    nextResolve: NextResolve,
  ) => Resolved
  load?: (url: string, context: object, nextLoad: NextLoad) => Loaded
}) => { deregister(): void }

const { registerHooks } = nodeModule as unknown as { registerHooks: RegisterHooks }

/* Taken before the program can replace them, and called so that nothing else is. */
const { bind, call } = Function.prototype
const startsWith: (text: string, start: string) => boolean = bind.call(call, String.prototype.startsWith)
const exec: (pattern: RegExp, text: string) => unknown = bind.call(call, RegExp.prototype.exec)

/** What the URL of a file has that Node may not run as it is, or that says so in other letters. */
const MAY_BE_COMPILED = new RegExp(`%|${patternOf(['jsx', 'ts', 'tsx']).replace(/\$$/, '(?:[?#]|$)')}`)

function mayBeCompiled(url: string): boolean {
  return exec(MAY_BE_COMPILED, url) !== null
}

/** Has every module that is loaded from now on instrumented, if it is traced. */
export function registerLoadHooks(tracing: Tracing): void {
  // Before others have their hooks: it is no part of the program.
  startOwnParser()
  let isResolving = false
  let isCompiling = othersRead()
  if (isCompiling) traceOthers(tracing)
  registerHooks({
    load: (url, context, nextLoad) => {
      if (!tracing.isActive() || !startsWith(url, 'file:')) return nextLoad(url, context)
      // To look whether builtins are as they were takes as long as to load a small module: once, of what Node reads itself.
      const known = mayBeCompiled(url) ? withOwnBuiltins(() => sourcePlace(url)) : undefined
      const loaded = known?.isCompiled
        ? loadCompiled(known.path, () => nextLoad(url, context), tracing)
        : nextLoad(url, context)
      return withOwnBuiltins(() => {
        const place = known ?? sourcePlace(url)
        if (place === undefined) return loaded
        const { isCompiled, path } = place
        const traced = isCompiled ? loaded : withCounters(path, loaded, tracing)
        // Not before it is needed: with it, Node's own frames push the program's out of some stacks.
        if (!isResolving && (isCompiledFile(path) || callsHelpers(traced.source))) {
          isResolving = true
          registerResolveHook(tracing)
        }
        // As above: it is a frame more.
        if (!isCompiling && mayRead(traced.source)) {
          isCompiling = true
          traceOthers(tracing)
        }
        return traced
      })
    },
  })
}

/** How many kinds of files Node itself reads when they are required: JavaScript, JSON, addons. */
const OWN_KINDS = 3

/** Whether a loader reads what is required itself, so that no hook sees it. */
function othersRead(): boolean {
  const { _extensions: extensions } = nodeModule.Module as unknown as { _extensions: object }
  return Reflect.ownKeys(extensions).length > OWN_KINDS
}

/** Whether a module may become such a loader. */
function mayRead(source: Loaded['source']): boolean {
  return /\b(?:_|require\.)extensions\b/.test(textOf(source))
}

/** What Node has read has gone through the hook, and Node says which format it has. */
function traceOthers(tracing: Tracing): void {
  replaceCompile((path, code, format) =>
    format === undefined && tracing.isActive() ? tracedRequired(path, code, tracing) : undefined,
  )
}

/** Taken before the program can replace them. It may have frozen errors, too, and an assignment would throw then. */
const { Error: Failure } = globalThis
const { set } = Reflect

/** How many frames Node and the hook below add to the stack of an error about a module that is not there. */
const MORE_FRAMES = 4

function registerResolveHook(tracing: Tracing): void {
  registerHooks({
    resolve: (specifier, context, nextResolve) => {
      const { parentURL } = context
      const place =
        parentURL !== undefined && tracing.isActive()
          ? withOwnBuiltins(() => placeFor(specifier, parentURL))
          : undefined
      if (place !== undefined) return { url: place, shortCircuit: true }
      const limit = Failure.stackTraceLimit
      set(Failure, 'stackTraceLimit', limit + MORE_FRAMES)
      try {
        return nextResolve(specifier, context)
      } finally {
        set(Failure, 'stackTraceLimit', limit)
      }
    },
  })
}

/** URL of what is meant, where that is not what Node would find. */
function placeFor(specifier: string, parentURL: string): string | undefined {
  const place = parentURL.startsWith('file:') && otherPlace(specifier, fileURLToPath(parentURL))
  return place ? pathToFileURL(place).href : undefined
}

const decoder = new TextDecoder()

function textOf(source: Loaded['source']): string {
  return typeof source === 'string' ? source : decoder.decode(source ?? undefined)
}

function withCounters(path: string, loaded: Loaded, tracing: Tracing): Loaded {
  const { format, source } = loaded
  if (format && format !== 'module' && format !== 'commonjs') return loaded
  if (source === null || source === undefined) return loaded
  const traced = tracedModule(path, textOf(source), tracing)
  return traced ? { ...loaded, source: traced.code } : loaded
}

/** Node may refuse the file, or say nothing about its format: then it has the one it would have as JavaScript. */
function loadCompiled(path: string, next: () => Loaded, tracing: Tracing): Loaded {
  const source = readFileSync(path, 'utf8')
  const traced = tracedModule(path, source, tracing)
  if (!traced) return next()
  if (!traced.isJavaScript) return { ...next(), source: traced.code }
  const format = withOwnBuiltins(() => moduleFormat(path, traced.code))
  return { format, source: traced.code, shortCircuit: true }
}

/** A file that may be a source. */
interface SourcePlace {
  /** Absolute. */
  readonly path: string
  readonly isCompiled: boolean
}

/** @param url of a file */
function sourcePlace(url: string): SourcePlace | undefined {
  if (/\.(json|node|wasm)$/.test(url)) return undefined
  const path = fileURLToPath(url.replace(/[?#].*$/, ''))
  return { path, isCompiled: isToBeCompiled(path) }
}
