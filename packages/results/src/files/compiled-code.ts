import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { Script } from 'node:vm'
import zlib from 'node:zlib'

/*
 * To compile what is in our files takes V8 most of the time of a start. It compiles what it has compiled before in a part of
 * that, if it gets what it made of it: that stands beside the installed packages, in `node_modules/.cache`. Node has such a cache, but
 * only for everything that a process loads, and most of that is not ours.
 *
 * Where this is, nothing else of ours is yet, and it is not compiled in this way itself.
 */

type Exports = Readonly<Record<string, unknown>>

/** Imports for a file what is not in its bundle. */
export type ImportModule = (specifier: string) => Promise<unknown>

/** By the path of the file. */
const modules = new Map<string, { exports: Exports }>()

/** What V8 has compiled here from the start, by the path of the file in which it may be kept. */
const compiledHere = new Map<string, Script>()

/** What files of a bundle require instead of having this module themselves. */
const OWN = './compiled-code.js'

/**
 * What a CommonJS file of a bundle exports; it is evaluated once.
 *
 * @param file absolute path
 */
export function loadCompiled(file: string, importModule?: ImportModule): Exports {
  const known = modules.get(file)
  if (known) return known.exports
  const module = { exports: {} }
  modules.set(file, module)
  try {
    const folder = dirname(file)
    const requireOther = createRequire(file)
    const requireHere = (name: string): unknown => {
      if (name === OWN) return { compileAhead, takeCompiled, withSum }
      return name.startsWith('./') ? loadCompiled(join(folder, name), importModule) : requireOther(name)
    }
    scriptOf(file).runInThisContext()(module.exports, requireHere, module, file, folder, importModule)
  } catch (error) {
    modules.delete(file)
    throw error
  }
  return module.exports
}

/** Compiles a file that nobody loads here, unless somebody has before. */
export function compileAhead(file: string): void {
  const source = readFileSync(file, 'utf8')
  const place = placeFor(file, source)
  if (place !== undefined && !existsSync(place))
    compiledHere.set(place, new Script(inFunction(source), { filename: file }))
}

/** What has been compiled from the start since this was called last, by the paths of the files that are not there. */
export function takeCompiled(): ReadonlyMap<string, Script> {
  const taken = new Map(compiledHere)
  compiledHere.clear()
  return taken
}

function scriptOf(file: string): Script {
  const source = readFileSync(file, 'utf8')
  const place = placeFor(file, source)
  const cachedData = place === undefined ? undefined : keptIn(place)
  const script = new Script(inFunction(source), { filename: file, ...(cachedData && { cachedData }) })
  // V8 refuses what another V8 has made, or one with other flags.
  if (place !== undefined && (!cachedData || script.cachedDataRejected)) compiledHere.set(place, script)
  return script
}

function inFunction(source: string): string {
  return `(function (exports, require, module, __filename, __dirname, importModule) { 'use strict'; ${source}\n})`
}

const MODULES = `${sep}node_modules${sep}`

/** In the first line of each file of a bundle stands a hash of the others. */
const HASH = /^\/\/ ([\da-f]{16})\n/

/** Absolute path; undefined for what is not installed, or where Node is told to keep nothing of the kind. */
function placeFor(file: string, source: string): string | undefined {
  const [, hash] = HASH.exec(source) ?? []
  // There are further ones within, where packages have packages of their own.
  const installed = file.indexOf(MODULES)
  if (hash === undefined || installed < 0 || process.env.NODE_DISABLE_COMPILE_CACHE) return undefined
  const name = file.slice(file.lastIndexOf(MODULES) + MODULES.length).replaceAll(sep, '+')
  const folder = join(file.slice(0, installed), MODULES, '.cache', 'tstrace')
  return join(folder, `${name}-${hash}-${process.version}-${process.arch}`)
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
