import { printable } from '@tstrace/results/printable'
import { environmentsOf, type TestProject } from '../vitest-versions.ts'

/**
 * What Vite has bundled with the dependencies, in front of all transforms, although it is no dependency: a sentence for each.
 *
 * @param wouldTrace says of an absolute path whether that source would be traced if it were loaded as it is
 */
export function preBundledSources(
  projects: readonly TestProject[],
  wouldTrace: (path: string) => boolean,
): string[] {
  const servers = projects.flatMap(({ browser, vite }) => (browser ? [vite, browser.vite] : [vite]))
  const names = servers
    .flatMap(environmentsOf)
    .flatMap(({ depsOptimizer }) => Object.entries(depsOptimizer?.metadata?.optimized ?? {}))
    .flatMap(([name, { src }]) => (src !== undefined && wouldTrace(src) ? [name] : []))
  return [...new Set(names)].sort().map(sentenceFor)
}

function sentenceFor(name: string): string {
  return (
    `What tests import as ${JSON.stringify(printable(name))} is not counted: Vite bundles it as a dependency before anything can be traced. ` +
    'Name it in `optimizeDeps.exclude`, and no longer in `optimizeDeps.include`.'
  )
}
