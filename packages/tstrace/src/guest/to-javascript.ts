import { createRequire } from 'node:module'
import { basename } from 'node:path'
import remapping from '@jridgewell/remapping'
import type { transformSync } from 'oxc-transform'

// Loaded when it is needed: most programs need none, and each of their processes would pay for it.
const require = createRequire(import.meta.url)

export interface JavaScript {
  readonly code: string
  readonly map: object
}

/**
 * What Node cannot strip from a TypeScript file, roughly: whatever looks like it goes to the compiler, which is right for
 * the rest too.
 */
const NOT_ERASABLE =
  /\benum\s+\w+\s*\{|\b(?:namespace|module)\s+[\w.]+\s*\{|\bimport\s+\w+\s*=|\bexport\s*=|\bconstructor\s*\([^)]*\b(?:public|private|protected|readonly|override)\s/

/** Whether Node can run a TypeScript text by leaving out its types. */
export function isErasable(path: string, code: string): boolean {
  return /\.[cm]?ts$/.test(path) && !NOT_ERASABLE.test(code)
}

/**
 * Compiles TypeScript or JSX.
 *
 * @param given the text, and the map from it to what its author wrote, if it is not that already
 */
export function toJavaScript(
  path: string,
  given: { readonly code: string; readonly map?: object },
): JavaScript {
  const compiler: { transformSync: typeof transformSync } = require('oxc-transform')
  const made = compiler.transformSync(basename(path), given.code, {
    sourcemap: true,
    // Node leaves imports alone that it could do without; programs that only run through a compiler may rely on it.
    typescript: { onlyRemoveTypeImports: isErasable(path, given.code) },
    // A pragma that names a function means that function.
    ...(/@jsx\s/.test(given.code) && { jsx: { runtime: 'classic' } }),
  })
  const [first] = made.errors
  if (first && !made.code) throw new SyntaxError(`${path}: ${first.message}`)
  if (!made.map) throw new TypeError(`${path}: the compiler gave no source map`)
  let isOuter = true
  const inner = (): object | null => {
    const map = isOuter ? given.map : undefined
    isOuter = false
    return map ?? null
  }
  return { code: made.code, map: remapping(made.map as never, inner as never) as object }
}
