import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { tsconfigOf } from './tsconfig.ts'

const SOURCE = /\.[cm]?[jt]sx?$/
const HELPERS = '@oxc-project/runtime/helpers/'

/** What TypeScript files may have for the extension that a specifier ends in. */
const WRITTEN_FOR: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
}

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json']

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
export function helperPlace(specifier: string): string | undefined {
  if (!specifier.startsWith(HELPERS)) return undefined
  return alone(() => createRequire(import.meta.url).resolve(specifier))
}

/**
 * The file that TypeScript would take for a specifier that Node cannot find: by `paths`, with another extension, or with none.
 *
 * @param specifier as written
 * @param parent absolute path of the file it stands in
 * @returns an absolute path, or undefined
 */
export function typescriptPlace(specifier: string, parent: string): string | undefined {
  if (!SOURCE.test(parent) || /[\\/]node_modules[\\/]/.test(parent) || specifier.includes(':'))
    return undefined
  const isPath = /^\.\.?(\/|$)/.test(specifier) || isAbsolute(specifier)
  return alone(() => {
    const bases = isPath ? [resolve(dirname(parent), specifier)] : tsconfigOf(parent).paths(specifier)
    return bases.flatMap(written).find(isFile)
  })
}

function written(base: string): string[] {
  const [extension = ''] = /\.[cm]?jsx?$/.exec(base) ?? []
  const stem = base.slice(0, base.length - extension.length)
  return [
    base,
    ...(WRITTEN_FOR[extension] ?? []).map((one) => stem + one),
    ...EXTENSIONS.map((one) => base + one),
    ...EXTENSIONS.map((one) => join(base, `index${one}`)),
  ]
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile()
}
