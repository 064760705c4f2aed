import {
  type ContainerResult,
  environmentsOf,
  type TestProject,
  type ViteEnvironment,
  type VitePlugin,
} from './vitest-versions.ts'

/** What a transform gives back; undefined leaves the module alone. */
export interface Transformed {
  readonly code: string
  readonly map: object
  /** Stands in whatever is made of the code, by whomever. */
  readonly sign: string
}

export interface Transform {
  /** Name of the plugin. Vitest's cache on disk tells plugins apart by their names only. */
  readonly name: string
  /** In front of all others; `behind` leaves a module to `runBehind`. */
  readonly run: (code: string, id: string) => Transformed | 'behind' | undefined
  /**
   * Behind all others, the user's coverage among them, for what `run` leaves to it, and for a module of which somebody made
   * something else than of what `run` gave.
   */
  readonly runBehind: (made: ContainerResult, id: string) => ContainerResult
}

type Container = ViteEnvironment['pluginContainer']

const DONE = Symbol.for('tstrace.injected')

/**
 * Puts a transform in front of all others in every environment of a project's server. Servers that several
 * projects share get it once.
 */
export function injectTransform(project: TestProject, transform: Transform): void {
  for (const environment of environmentsOf(project.vite)) {
    const container: Container & { [DONE]?: boolean } = environment.pluginContainer
    if (container[DONE]) continue
    container[DONE] = true
    const watched = watchedTransform(transform)
    const isPlugin = !environment.depsOptimizer && addPlugin(environment, watched)
    wrapContainer(environment, watched, isPlugin)
  }
}

interface WatchedTransform extends Transform {
  readonly run: (code: string, id: string) => Transformed | undefined
  /** What has to be in what is made of a module that `run` was asked for last; undefined where it left that alone. */
  readonly signOf: (id: string) => string | undefined
  /** Has `run` leave a module alone from now on. */
  readonly leave: (id: string) => void
}

/** Who compiles a module from its file ignores the text that it is given: seen once, it is not given any. */
function watchedTransform(transform: Transform): WatchedTransform {
  const signs = new Map<string, string>()
  const left = new Set<string>()
  const behind = new Set<string>()
  return {
    ...transform,
    run(code, id) {
      const made = left.has(id) ? undefined : transform.run(code, id)
      if (made === 'behind') behind.add(id)
      else behind.delete(id)
      if (made === undefined || made === 'behind') return undefined
      signs.set(id, made.sign)
      return made
    },
    signOf(id) {
      const sign = signs.get(id)
      signs.delete(id)
      return sign
    },
    leave: (id) => left.add(id),
    runBehind: (made, id) => (left.has(id) || behind.has(id) ? transform.runBehind(made, id) : made),
  }
}

/** @returns whether the plugin takes part; it comes too late once the server has sorted its hooks. */
function addPlugin(environment: ViteEnvironment, { name, run }: WatchedTransform): boolean {
  const plugin: VitePlugin & object = {
    name,
    enforce: 'pre',
    transform: {
      order: 'pre',
      handler(code: string, id: string) {
        const made = run(code, id)
        return made && { code: made.code, map: made.map }
      },
    },
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
function wrapContainer(
  { pluginContainer }: ViteEnvironment,
  transform: WatchedTransform,
  isPlugin: boolean,
): void {
  const original = pluginContainer.transform
  const transformed = (code: string, id: string, options?: object): Promise<ContainerResult> => {
    const made = isPlugin ? undefined : transform.run(code, id)
    if (!made) return original.call(pluginContainer, code, id, options)
    return original.call(pluginContainer, made.code, id, { ...options, inMap: made.map })
  }
  // An asynchronous function would stand in the stacks of errors that the compilers of others throw.
  pluginContainer.transform = (code, id, options) =>
    transformed(code, id, options).then((result) => {
      const sign = transform.signOf(id)
      if (sign === undefined || result.code.includes(sign)) return transform.runBehind(result, id)
      transform.leave(id)
      // Our map must not be applied to what was not made of our text.
      return transformed(code, id, options).then((again) => transform.runBehind(again, id))
    })
}
