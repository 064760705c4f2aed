import type { TstraceOptions } from '@tstrace/core'
import type { Compiler } from '@tstrace/instrument'
import { sourceKind } from '@tstrace/instrument/source-file'
import type { ViteServer, Vitest } from '../vitest-versions.ts'

/** What makes JavaScript of a file (absolute path): by default Vite leaves alone what is JavaScript by its name. */
export function compilerOf({ config: { esbuild, oxc } }: ViteServer): (path: string) => Compiler {
  const compiler = oxc === undefined ? 'esbuild' : 'oxc'
  const options = oxc ?? esbuild
  // With a pattern of the user's it is given JavaScript as well.
  const takesAll = options !== false && options?.include !== undefined
  return (path) => (takesAll || sourceKind(path)?.language !== 'js' ? compiler : 'none')
}

/**
 * Whether the user's coverage has functions by the names that V8 gives them, and not by those in the source. Where calls are
 * tracked, keeping names would be seen in its branches.
 */
export function needsNames(
  { config: { coverage }, version }: Vitest,
  { trackcalls }: TstraceOptions,
): boolean {
  const isByNames = coverage?.enabled === true && coverage.provider === 'v8' && version.startsWith('3.')
  return isByNames && trackcalls !== true
}
