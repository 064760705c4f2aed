import { pathFromRoot } from '@tstrace/instrument/source-file'
import { printable } from '@tstrace/results/printable'
import { modulePlace } from '../transform/module-place.ts'
import { environmentsOf, type TestProject, type ViteEnvironment } from '../vitest-versions.ts'

/**
 * What projects have loaded that runs where nobody asks for its counts: a sentence for each kind and name.
 *
 * @param root absolute path of the project root
 * @param wouldTrace says of an absolute path whether that source would be traced if it were loaded as it is
 */
export function uncountedModules(
  projects: readonly TestProject[],
  root: string,
  wouldTrace: (path: string) => boolean,
): string[] {
  const inPages = projects.flatMap(({ browser }) => browser?.vite ?? []).flatMap(environmentsOf)
  const all = [...projects.flatMap(({ vite }) => environmentsOf(vite)), ...inPages]
  const workers = inPages.flatMap(webWorkersIn).filter(wouldTrace)
  return [
    ...distinct(all.flatMap(preBundledIn(wouldTrace))).map(ofBundled),
    ...distinct(workers.map((path) => pathFromRoot(root, path))).map(ofWorker),
  ]
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort()
}

/** What Vite has bundled with the dependencies, in front of all transforms, although it is no dependency. */
function preBundledIn(wouldTrace: (path: string) => boolean) {
  return ({ depsOptimizer }: ViteEnvironment): readonly string[] =>
    Object.entries(depsOptimizer?.metadata?.optimized ?? {}).flatMap(([name, { src }]) =>
      src !== undefined && wouldTrace(src) ? [name] : [],
    )
}

/** Absolute paths of what has been served to web workers and shared workers as the module that they begin with. */
function webWorkersIn({ moduleGraph }: ViteEnvironment): readonly string[] {
  return [...(moduleGraph?.idToModuleMap ?? [])].flatMap(([id, { transformResult }]) => {
    const isStarted = transformResult && /[?&]worker_file\b/.test(id)
    return isStarted ? (modulePlace(id)?.path ?? []) : []
  })
}

function ofBundled(name: string): string {
  return (
    `What tests import as ${JSON.stringify(printable(name))} is not counted: Vite bundles it as a dependency before anything can be traced. ` +
    'Name it in `optimizeDeps.exclude`, and no longer in `optimizeDeps.include`.'
  )
}

function ofWorker(name: string): string {
  return `What runs in the web worker ${printable(name)} is not counted, with the modules that it loads there: only pages send what they have counted.`
}
