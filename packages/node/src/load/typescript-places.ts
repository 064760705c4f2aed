import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, isAbsolute, join, resolve } from 'node:path'
import { isToBeCompiled, SOURCE_EXTENSIONS, writtenFor } from '@tstrace/instrument/source-file'
import { tsconfigOf } from './tsconfig.ts'

/** What the specifiers of the compiler's helpers begin with. */
const HELPERS = '@oxc-project/runtime/helpers/'

/** What Node tries, where it does not take a specifier as it is. */
const BY_NODE = ['', '.js', '.json', '.node', '/package.json', '/index.js', '/index.json', '/index.node']

const EXTENSIONS = [...SOURCE_EXTENSIONS, '.json']

let isLooking = false

/** What is loaded to find a place is itself looked for, by the same hooks. */
function alone(find: () => string | undefined): string | undefined {
  if (isLooking) return undefined
  isLooking = true
  try {
    return find()
  } finally {
    isLooking = false
  }
}

/** Where the helpers are that the compiler calls: in a package of ours, whoever is compiled. */
function helperPlace(specifier: string): string | undefined {
  if (!specifier.startsWith(HELPERS)) return undefined
  return alone(() => createRequire(import.meta.url).resolve(specifier))
}

/** Whether code calls helpers of the compiler. */
export function callsHelpers(code: unknown): boolean {
  return typeof code === 'string' && code.includes(HELPERS)
}

/**
 * Where a specifier leads that Node would not find.
 *
 * @param specifier as written
 * @param parent absolute path of the file it stands in
 * @returns an absolute path, or undefined
 */
export function otherPlace(specifier: string, parent: string): string | undefined {
  return helperPlace(specifier) ?? typescriptPlace(specifier, parent)
}

/**
 * The file that TypeScript would take for a specifier and Node would not find: by `paths`, with another extension, or with none.
 *
 * @param specifier as written
 * @param parent absolute path of the file it stands in; only TypeScript and JSX have such specifiers
 * @returns an absolute path, or undefined
 */
function typescriptPlace(specifier: string, parent: string): string | undefined {
  if (!isCompiledFile(parent) || specifier.includes(':')) return undefined
  return alone(() => {
    if (!/^\.\.?(\/|$)/.test(specifier) && !isAbsolute(specifier))
      return tsconfigOf(parent).paths(specifier).flatMap(written).find(isFile)
    const base = resolve(dirname(parent), specifier)
    return BY_NODE.some((end) => isFile(base + end)) ? undefined : written(base).find(isFile)
  })
}

/** Whether a file is the program's own TypeScript or JSX. */
export function isCompiledFile(path: string): boolean {
  return isToBeCompiled(path) && !/[\\/]node_modules[\\/]/.test(path)
}

function written(base: string): string[] {
  const extension = extname(base)
  const stem = base.slice(0, base.length - extension.length)
  return [
    base,
    ...writtenFor(extension).map((one) => stem + one),
    ...EXTENSIONS.map((one) => base + one),
    ...EXTENSIONS.map((one) => join(base, `index${one}`)),
  ]
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile()
}
