import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { readSource } from '@tstrace/results/files'
import { printable } from '@tstrace/results/printable'
import type * as Tsconfigs from 'get-tsconfig'

// Loaded when it is needed: most programs need none, and each of their processes would pay for it.
const require = createRequire(import.meta.url)

/** What a `tsconfig.json` says of how its files run. */
export interface TypeScriptConfig {
  /** Decorators are those that TypeScript had before the standard. */
  readonly legacyDecorators: boolean
  /** With the types of what they stand on. */
  readonly decoratorMetadata: boolean
  /** Class fields are defined, as in JavaScript; else they are assigned, and those without a value are left out. */
  readonly definesFields: boolean
  /** Imports stay unless they are marked as types. */
  readonly keepsImports: boolean
  readonly jsx: JsxConfig
  /** Absolute paths, without extension, that a specifier may stand for by `paths` and `baseUrl`. */
  readonly paths: (specifier: string) => readonly string[]
}

/** How JSX is compiled; undefined where nothing is said. */
export interface JsxConfig {
  readonly runtime?: 'classic' | 'automatic'
  readonly pragma?: string
  readonly pragmaFrag?: string
  readonly importSource?: string
}

const known = new Map<string, TypeScriptConfig>()

/** What the library reads through its cache: regular files, and nothing that keeps it waiting, as pipes do. */
class FilesRead extends Map<string, unknown> {
  override get(key: string): unknown {
    const [, path] = /^readFileSync:(.*):utf-?8$/s.exec(key) ?? []
    if (path !== undefined && !this.has(key)) this.set(key, readSource(path))
    return super.get(key)
  }
}

const cache: Tsconfigs.Cache = new FilesRead()

/**
 * The nearest `tsconfig.json` of a file, with what that extends. One that cannot be read is warned of, and is as none.
 *
 * @param path absolute
 */
export function tsconfigOf(path: string): TypeScriptConfig {
  const folder = dirname(path)
  const found = known.get(folder) ?? configFor(path)
  known.set(folder, found)
  return found
}

function configFor(path: string): TypeScriptConfig {
  const { createPathsMatcher, getTsconfig }: typeof Tsconfigs = require('get-tsconfig')
  let found: Tsconfigs.TsConfigResult | null = null
  try {
    found = getTsconfig(path, 'tsconfig.json', cache)
  } catch (error) {
    const reason = (error as Error).message
    const warning = `${path} is compiled as if it had no tsconfig.json, because that cannot be read: ${reason}`
    process.emitWarning(printable(warning), 'TstraceWarning')
  }
  const options = found?.config.compilerOptions ?? {}
  const { emitDecoratorMetadata = false, experimentalDecorators = false, target = 'esnext' } = options
  const { jsx = '', jsxFactory, jsxFragmentFactory, jsxImportSource } = options
  const matches = found && createPathsMatcher(found)
  return {
    legacyDecorators: experimentalDecorators,
    decoratorMetadata: emitDecoratorMetadata,
    definesFields: options.useDefineForClassFields ?? /^(es2022|es2023|es2024|es2025|esnext)$/i.test(target),
    keepsImports: options.verbatimModuleSyntax ?? false,
    jsx: {
      ...(/^react$/i.test(jsx) && { runtime: 'classic' }),
      ...(/^react-jsx/i.test(jsx) && { runtime: 'automatic' }),
      ...(jsxFactory !== undefined && { pragma: jsxFactory }),
      ...(jsxFragmentFactory !== undefined && { pragmaFrag: jsxFragmentFactory }),
      ...(jsxImportSource !== undefined && { importSource: jsxImportSource }),
    },
    paths: matches ? (specifier) => matches(specifier) : () => [],
  }
}
