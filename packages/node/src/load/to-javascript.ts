import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import remapping from '@jridgewell/remapping'
import { languageOf } from '@tstrace/instrument/source-file'
import { printable } from '@tstrace/results/printable'
import type * as Oxc from 'oxc-transform'
import { moduleFormat } from './module-format.ts'
import { refusal } from './refusal.ts'
import { standardDecorators } from './standard-decorators.ts'
import { type TypeScriptConfig, tsconfigOf } from './tsconfig.ts'

// Loaded when it is needed: most programs need none, and each of their processes would pay for it.
const require = createRequire(import.meta.url)

/** Path of the file that requires the compiler. */
export const COMPILER_LOADER: string = fileURLToPath(import.meta.url)

type Compiler = Pick<typeof Oxc, 'transformSync'>

export interface JavaScript {
  readonly code: string
  readonly map: object
}

/** A text, and the map from it to what its author wrote, if it is not that already. */
export interface TypeScript {
  readonly code: string
  readonly map?: object
}

/**
 * What Node cannot strip from a TypeScript file, roughly: whatever looks like it goes to the compiler, which is right for
 * the rest too.
 */
const NOT_ERASABLE =
  /\benum\s+\w+\s*\{|\b(?:namespace|module)\s+[\w.]+\s*\{|\bimport\s+\w+\s*=|\bexport\s*=|\bconstructor\s*\([^)]*\b(?:public|private|protected|readonly|override)\s/

/** What may be a decorator; documentation comments have a star in front. */
const DECORATED = /(?:^|[({;,}]|\bexport|\bdefault)\s*@[\w$(]/m

/** Whether Node can run a TypeScript text by leaving out its types. */
export function isErasable(path: string, code: string): boolean {
  return languageOf(path) === 'ts' && !isCompiledOnly(code)
}

/** Whether no Node runs a JavaScript file as it is. */
export function hasDecorators(path: string, code: string): boolean {
  if (!DECORATED.test(code) || /[\\/]node_modules[\\/]/.test(path)) return false
  const { transformSync }: Compiler = require('oxc-transform')
  return 'decorate' in transformSync(basename(path), code, { decorator: { legacy: true } }).helpersUsed
}

/**
 * Compiles TypeScript, JSX and decorators, as the nearest `tsconfig.json` says.
 *
 * @param path absolute
 */
export function toJavaScript(path: string, given: TypeScript): JavaScript {
  const { transformSync }: Compiler = require('oxc-transform')
  const config = tsconfigOf(path)
  const made = transformSync(basename(path), given.code, optionsOf(path, given.code, config))
  const [first] = made.errors
  if (first && !made.code) throw refusal(printable(`${path}: ${first.message}`))
  // The compiler knows those of before the standard only; it says that it has found some.
  if (!config.legacyDecorators && 'decorate' in made.helpersUsed)
    return chained(standardDecorators(path, given.code, config), given.map)
  // What is left of a text whose imports and exports were types; it would make a module of what is CommonJS.
  const isScript = moduleFormat(path, given.code) === 'commonjs'
  const code = isScript ? made.code.replace(/\nexport \{\s*\};?\s*$/, '\n') : made.code
  return chained({ ...made, code }, given.map)
}

function isCompiledOnly(code: string): boolean {
  return NOT_ERASABLE.test(code) || DECORATED.test(code)
}

function optionsOf(path: string, code: string, config: TypeScriptConfig): Oxc.TransformOptions {
  const { decoratorMetadata, definesFields, jsx, keepsImports } = config
  return {
    sourcemap: true,
    // Helpers are imported or required.
    ...(moduleFormat(path, code) === 'module' && { sourceType: 'module' }),
    typescript: {
      // Node leaves imports alone that it could do without; programs that only run through a compiler may rely on it.
      onlyRemoveTypeImports: keepsImports || !isCompiledOnly(code),
      removeClassFieldsWithoutInitializer: !definesFields,
    },
    assumptions: { setPublicClassFields: !definesFields },
    decorator: { legacy: true, emitDecoratorMetadata: decoratorMetadata && config.legacyDecorators },
    // A pragma that names a function means that function.
    jsx: { ...jsx, ...(/@jsx\s/.test(code) && { runtime: 'classic' }) },
  }
}

function chained(
  made: { readonly code: string; readonly map?: object },
  before: object | undefined,
): JavaScript {
  if (!made.map) throw new TypeError('The compiler gave no source map')
  let isOuter = true
  const inner = (): object | null => {
    const map = isOuter ? before : undefined
    isOuter = false
    return map ?? null
  }
  return { code: made.code, map: remapping(made.map as never, inner as never) as object }
}
