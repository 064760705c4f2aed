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
const { readFileSync } = builtin('node:fs')
const { dirname, join, sep } = builtin('node:path')
const { fileURLToPath } = builtin('node:url')
const { Script } = builtin('node:vm')
const zlib = builtin('node:zlib')

type Exports = Readonly<Record<string, unknown>>

/** Imports for a file what is not in its bundle. */
export type ImportModule = (specifier: string) => Promise<unknown>

/** By the path of the file. */
const modules = new Map<string, { exports: Exports }>()

/** What V8 has compiled from the start, and of which text. */
export interface Compiled {
  readonly script: CompiledScript
  readonly source: string
}

/** By the path of the file in which it may be kept. */
const compiledHere = new Map<string, Compiled>()

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
  const { cachedData, place, source } = readFor(file)
  if (place !== undefined && !cachedData)
    compiledHere.set(place, { script: new Script(source, { filename: file }), source })
}

/** Whether something was loaded here of which nothing was kept, or nothing whole. */
export function lacksCompiled(): boolean {
  return isLacking
}

let isLacking = false

/** What has been compiled from the start since this was called last, by the paths of the files in which to keep it. */
export function takeCompiled(): ReadonlyMap<string, Compiled> {
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
  const place = placeFor(file)
  const cachedData = place === undefined ? undefined : keptIn(place, source)
  if (place !== undefined && !cachedData) isLacking = true
  return { file, source, place, cachedData }
}

function scriptOf({ cachedData, file, place, source }: Read): CompiledScript {
  const script = new Script(source, { filename: file, ...(cachedData && { cachedData }) })
  // V8 refuses what another V8 has made, or one with other flags.
  if (place !== undefined && (!cachedData || script.cachedDataRejected))
    compiledHere.set(place, { script, source })
  return script
}

/** Taken before a program can replace it. */
const { runInThisContext } = Script.prototype

function run(script: CompiledScript): (...given: unknown[]) => void {
  return Reflect.apply(runInThisContext, script, [])
}

const MODULES = `${sep}node_modules${sep}`

/**
 * The folder in which tstrace is installed. A project may lie in another one; within are further ones, where packages have packages
 * of their own, and where a package manager keeps them all: in a folder whose name begins with a dot.
 */
const INSTALLED = /^.*?[\\/]node_modules(?=[\\/](?:\.|@?tstrace[\\/]))/

/** Absolute path; undefined for what is not installed, or where Node is told to keep nothing of the kind. */
function placeFor(file: string): string | undefined {
  const folder = keptFolder(file)
  if (folder === undefined) return undefined
  const name = file.slice(file.lastIndexOf(MODULES) + MODULES.length).replaceAll(sep, '+')
  return join(folder, `${name}-${process.version}-${process.arch}`)
}

/**
 * The folder in which an installed file of ours keeps what was made for later starts; undefined for what is not installed, or where
 * Node is told to keep nothing of the kind.
 *
 * @param file absolute path
 */
export function keptFolder(file: string): string | undefined {
  const [installed] = INSTALLED.exec(file) ?? []
  if (installed === undefined || process.env.NODE_DISABLE_COMPILE_CACHE) return undefined
  return join(installed, '.cache/tstrace')
}

/** How many bytes in front of what is kept are a sum of it and of its text: V8 crashes on what is not whole, and knows a text by its length. */
const SUM = 4

/** What `withSum` has made of this text; undefined where there is none, and where it is damaged. */
function keptIn(place: string, source: string): Buffer | undefined {
  try {
    const bytes = readFileSync(place)
    const kept = bytes.subarray(SUM)
    return bytes.readUInt32LE() === sumOf(source, kept) ? kept : undefined
  } catch {
    return undefined
  }
}

/** What V8 gives for a text, as it is kept. */
export function withSum(source: string, made: Buffer): Buffer {
  const sum = Buffer.alloc(SUM)
  sum.writeUInt32LE(sumOf(source, made))
  return Buffer.concat([sum, made])
}

function sumOf(source: string, made: Buffer): number {
  return zlib.crc32(made, zlib.crc32(source))
}
