import type { TstraceOptions } from '@tstrace/core'
import type { Compiler } from '@tstrace/instrument'
import type { ViteServer, Vitest } from '../vitest-versions.ts'

/** What makes JavaScript of a file (absolute path): by default Vite leaves alone what is JavaScript by its name. */
export function compilerOf({ config: { esbuild, oxc } }: ViteServer): (path: string) => Compiler {
  const compiler = oxc === undefined ? 'esbuild' : 'oxc'
  const options = oxc ?? esbuild
  // What somebody has compiled without being asked to by name is for a reason of his own.
  const takesMore = options !== false && options?.include !== undefined
  return (path) => (takesMore || !/\.[cm]?js$/.test(path) ? compiler : 'none')
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
