import { environmentsOf, type TestProject, type ViteEnvironment, type VitePlugin } from './vitest-versions.ts'

/** What a transform gives back; undefined leaves the module alone. */
export interface Transformed {
  readonly code: string
  readonly map: object
}

export interface Transform {
  /** Name of the plugin. Vitest's cache on disk tells plugins apart by their names only. */
  readonly name: string
  readonly run: (code: string, id: string) => Transformed | undefined
}

const DONE = Symbol.for('tstrace.injected')

/**
 * Puts a transform in front of all others in every environment of a project's server. Servers that several
 * projects share get it once.
 */
export function injectTransform(project: TestProject, transform: Transform): void {
  for (const environment of environmentsOf(project.vite)) {
    const container: ViteEnvironment['pluginContainer'] & { [DONE]?: boolean } = environment.pluginContainer
    if (container[DONE]) continue
    container[DONE] = true
    if (environment.depsOptimizer || !addPlugin(environment, transform)) wrapContainer(environment, transform)
  }
}

/** @returns whether the plugin takes part; it comes too late once the server has sorted its hooks. */
function addPlugin(environment: ViteEnvironment, { name, run }: Transform): boolean {
  const plugin: VitePlugin & object = {
    name,
    enforce: 'pre',
    transform: { order: 'pre', handler: (code: string, id: string) => run(code, id) },
  } as VitePlugin
  // Read-only is what the types say; what Vite reads are these lists.
  const lists = new Set([environment.plugins, environment.config.plugins])
  for (const list of lists) (list as VitePlugin[]).unshift(plugin)
  return environment.pluginContainer.getSortedPlugins?.('transform').includes(plugin) ?? true
}

/*
 * `inMap` is how Vite hands over the map of `load`, so that the chain of maps stays whole. Where dependencies are
 * optimized this is the only way: the optimizer starts again when the names of the plugins change.
 */
function wrapContainer({ pluginContainer }: ViteEnvironment, { run }: Transform): void {
  const original = pluginContainer.transform
  pluginContainer.transform = async (code, id, options) => {
    const made = run(code, id)
    if (!made) return original.call(pluginContainer, code, id, options)
    return original.call(pluginContainer, made.code, id, { ...options, inMap: made.map })
  }
}
