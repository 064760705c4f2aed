import { createRequire } from 'node:module'
import type { Script as CompiledScript } from 'node:vm'

/*
 * To compile what is in our files takes V8 most of the time of a start. It compiles what it has compiled before in a part of
 * that, if it gets what it made of it: that stands beside the installed packages, in `node_modules/.cache`. Node has such a cache, but
 * only for everything that a process loads, and most of that is not ours.
 *
 * Where this is, nothing else of ours is yet, and it is not compiled in this way itself.
 */

const builtin =
  process.getBuiltinModule ?? (createRequire(import.meta.url) as typeof process.getBuiltinModule)

// Whoever imports `node:fs` has Node load its streams, too.
const { existsSync, readFileSync } = builtin('node:fs')
const { dirname, join, sep } = builtin('node:path')
const { fileURLToPath } = builtin('node:url')
const { Script } = builtin('node:vm')
const zlib = builtin('node:zlib')

type Exports = Readonly<Record<string, unknown>>

/** Imports for a file what is not in its bundle. */
export type ImportModule = (specifier: string) => Promise<unknown>

/** By the path of the file. */
const modules = new Map<string, { exports: Exports }>()

/** What V8 has compiled here from the start, by the path of the file in which it may be kept. */
const compiledHere = new Map<string, CompiledScript>()

/** What files of a bundle require instead of having this module themselves. */
const OWN = './compiled-code.js'

/**
 * What a CommonJS file of a bundle exports; it is evaluated once. Its text is a function already (`compiled-entries` at the build).
 *
 * @param place absolute path, or URL
 */
export function loadCompiled(place: string | URL, importModule?: ImportModule): Exports {
  const file = typeof place === 'string' ? place : fileURLToPath(place)
  const known = modules.get(file)
  if (known) return known.exports
  const module = { exports: {} }
  modules.set(file, module)
  try {
    const folder = dirname(file)
    const requireOther = createRequire(file)
    const requireHere = (name: string): unknown => {
      if (name === OWN) return { compileAhead, keptFolder, loadCompiled, readCompiled, takeCompiled, withSum }
      return name.startsWith('./') ? loadCompiled(join(folder, name), importModule) : requireOther(name)
    }
    const importHere: ImportModule = async (name) =>
      name.startsWith('./') ? requireHere(name) : importModule?.(name)
    run(scriptOf(readFor(file)))(module.exports, requireHere, module, file, folder, importHere)
  } catch (error) {
    modules.delete(file)
    throw error
  }
  return module.exports
}

/** Compiles a file that nobody loads here, unless somebody has before. */
export function compileAhead(file: string): void {
  const source = readFileSync(file, 'latin1')
  const place = placeFor(file, source)
  if (place !== undefined && !existsSync(place))
    compiledHere.set(place, new Script(source, { filename: file }))
}

/** What has been compiled from the start since this was called last, by the paths of the files that are not there. */
export function takeCompiled(): ReadonlyMap<string, CompiledScript> {
  const taken = new Map(compiledHere)
  compiledHere.clear()
  return taken
}

/**
 * Reads a file that is evaluated later, when nothing may be loaded any more.
 *
 * @returns what gives its exports, from the modules that it requires
 */
export function readCompiled(file: string): (modules: Exports) => Exports {
  const read = readFor(file)
  return (modules) => {
    const module = { exports: {} }
    run(scriptOf(read))(module.exports, (name: string) => modules[name], module)
    return module.exports
  }
}

/** A file, and what was kept of it. */
interface Read {
  readonly file: string
  readonly source: string
  /** Where it may be kept; undefined for nowhere. */
  readonly place: string | undefined
  readonly cachedData: Buffer | undefined
}

function readFor(file: string): Read {
  const source = readFileSync(file, 'latin1')
  const place = placeFor(file, source)
  return { file, source, place, cachedData: place === undefined ? undefined : keptIn(place) }
}

function scriptOf({ cachedData, file, place, source }: Read): CompiledScript {
  const script = new Script(source, { filename: file, ...(cachedData && { cachedData }) })
  // V8 refuses what another V8 has made, or one with other flags.
  if (place !== undefined && (!cachedData || script.cachedDataRejected)) compiledHere.set(place, script)
  return script
}

/** Taken before a program can replace it. */
const { runInThisContext } = Script.prototype

function run(script: CompiledScript): (...given: unknown[]) => void {
  return Reflect.apply(runInThisContext, script, [])
}

const MODULES = `${sep}node_modules${sep}`

/** In the first line of each file of a bundle stands a hash of the others, which are a function. */
const HASH = /^\/\/ ([\da-f]{16})\n/

/** Absolute path; undefined for what is not installed, or where Node is told to keep nothing of the kind. */
function placeFor(file: string, source: string): string | undefined {
  const [, hash] = HASH.exec(source) ?? []
  const folder = keptFolder(file)
  if (hash === undefined || folder === undefined) return undefined
  const name = file.slice(file.lastIndexOf(MODULES) + MODULES.length).replaceAll(sep, '+')
  return join(folder, `${name}-${hash}-${process.version}-${process.arch}`)
}

/**
 * The folder in which an installed file of ours keeps what was made for later starts; undefined for what is not installed, or where
 * Node is told to keep nothing of the kind.
 *
 * @param file absolute path
 */
export function keptFolder(file: string): string | undefined {
  // There are further ones within, where packages have packages of their own.
  const installed = file.indexOf(MODULES)
  if (installed < 0 || process.env.NODE_DISABLE_COMPILE_CACHE) return undefined
  return join(file.slice(0, installed), MODULES, '.cache', 'tstrace')
}

/** How many bytes in front of what is kept say whether it is whole: V8 crashes on what is not. */
const SUM = 4

/** What `withSum` has made; undefined where there is none, and where it is damaged. */
function keptIn(file: string): Buffer | undefined {
  try {
    const bytes = readFileSync(file)
    const kept = bytes.subarray(SUM)
    return bytes.readUInt32LE() === zlib.crc32(kept) ? kept : undefined
  } catch {
    return undefined
  }
}

/** What V8 gives, as it is kept. */
export function withSum(made: Buffer): Buffer {
  const sum = Buffer.alloc(SUM)
  sum.writeUInt32LE(zlib.crc32(made))
  return Buffer.concat([sum, made])
}
