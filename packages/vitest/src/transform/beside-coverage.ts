import type { TstraceOptions } from '@tstrace/core'
import type { Compiler, UnmappedCalls } from '@tstrace/instrument'
import { sourceKind } from '@tstrace/instrument/source-file'
import { isInBrowser, type ViteServer, type Vitest } from '../vitest-versions.ts'

/** Plugins of Vite and Vitest, and those for components, that leave JavaScript as it is but for what a module imports. */
const LEAVE_JAVASCRIPT = [
  /^(?:builtin|vitest):|^alias$|^tstrace@|^vite-plugin-svelte|^vite:(?:vue(?:-jsx)?|esbuild|oxc|json|worker|define|build-html)$/,
  /^vite:(?:css(?:-post|-analysis)?|(?:worker|asset)-import-meta-url|dynamic-import-vars|import-glob|client-inject|import-analysis)$/,
]

/**
 * What makes JavaScript of a file (absolute path). Vite leaves alone what is JavaScript by its name; where a plugin may take that,
 * nobody knows, and it is taken for compiled.
 */
export function compilerOf({ config: { esbuild, oxc, plugins } }: ViteServer): (path: string) => Compiler {
  const compiler = oxc === undefined ? 'esbuild' : 'oxc'
  const options = oxc ?? esbuild
  const isTaken = plugins.some(
    ({ name, transform }) => transform && !LEAVE_JAVASCRIPT.some((names) => names.test(name)),
  )
  const takesAll = isTaken || (options !== false && options?.include !== undefined)
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

/** Istanbul counts in front of Vite's module runner, for which the calls are written; in a browser they stay what they are. */
export function unmappedCallsOf({ config: { coverage }, projects, vite }: Vitest): UnmappedCalls | undefined {
  if (coverage?.enabled !== true || coverage.provider !== 'v8' || projects.every(isInBrowser))
    return undefined
  return vite.config.oxc === undefined ? 'every' : 'optional'
}
