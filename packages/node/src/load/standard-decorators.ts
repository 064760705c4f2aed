import { createRequire } from 'node:module'
import { basename } from 'node:path'
import { languageOf } from '@tstrace/instrument/source-file'
import { printable } from '@tstrace/results/printable'
import { refusal } from './refusal.ts'
import type { TypeScriptConfig } from './tsconfig.ts'

/** What we use of the project's own esbuild. */
interface Esbuild {
  transformSync(code: string, options: object): { readonly code: string; readonly map: string }
}

/**
 * Compiles a file with decorators of the standard, by the esbuild that its project has: no Node runs them, and oxc does not
 * compile them.
 *
 * @param path absolute
 * @throws SyntaxError where the project has none
 */
export function standardDecorators(
  path: string,
  code: string,
  { definesFields, jsx }: TypeScriptConfig,
): { readonly code: string; readonly map: object } {
  const made = esbuildOf(path).transformSync(code, {
    loader: languageOf(path),
    sourcefile: basename(path),
    sourcemap: 'external',
    sourcesContent: false,
    target: 'es2022',
    ...(jsx.runtime === 'automatic' && { jsx: 'automatic', jsxImportSource: jsx.importSource }),
    tsconfigRaw: {
      compilerOptions: { experimentalDecorators: false, useDefineForClassFields: definesFields },
    },
  })
  return { code: made.code, map: JSON.parse(made.map) }
}

function esbuildOf(path: string): Esbuild {
  try {
    return createRequire(path)('esbuild') as Esbuild
  } catch {
    throw refusal(
      `${printable(path)} has decorators, which Node.js does not run. Install esbuild beside the program, which compiles those of the ` +
        'standard, or set "experimentalDecorators" in tsconfig.json if they are those of TypeScript.',
    )
  }
}
