import { hasLoadedReactCompiler, readsText } from '@tstrace/instrument'
import {
  type ContainerResult,
  environmentsOf,
  type ViteEnvironment,
  type VitePlugin,
  type ViteServer,
} from '../vitest-versions.ts'

/** What a transform gives back; undefined leaves the module alone. */
export interface Transformed {
  readonly code: string
  readonly map: object
  /** Stands in whatever is made of the code, by whomever. */
  readonly sign: string
  /** Where the map depends on whether somebody prints the code anew. Default: it does not */
  readonly printed?: {
    /** What the map is made for. */
    readonly isSupposed: boolean
    /** What is so, by what all plugins together made of the code. */
    readonly isSo: (result: string) => boolean
  }
}

export interface Transform {
  /** Name of the plugin. Vitest's cache on disk tells plugins apart by their names only. */
  readonly name: string
  /**
   * In front of all others; `behind` leaves a module to `runBehind`.
   *
   * @param isPrinted whether somebody prints the code anew; undefined until that was seen to be other than supposed
   */
  readonly run: (code: string, id: string, isPrinted?: boolean) => Transformed | 'behind' | undefined
  /** Told of a module that `run` will not be asked for, before anybody transforms it. */
  readonly leaves: (id: string) => void
  /**
   * Behind all others, the user's coverage among them, for what `run` leaves to it, and for a module of which somebody made
   * something else than of what `run` gave.
   */
  readonly runBehind: (made: ContainerResult, id: string) => ContainerResult
}

type Container = ViteEnvironment['pluginContainer']

const DONE = Symbol.for('tstrace.injected')

/**
 * Puts a transform in front of all others in every environment of a server. Servers that several
 * projects share get it once.
 *
 * @param how `asPlugin: false` where the names of the plugins may not change, since the server has begun to optimize for them
 */
export function injectTransform(server: ViteServer, transform: Transform, how = { asPlugin: true }): void {
  for (const environment of environmentsOf(server)) {
    const container: Container & { [DONE]?: boolean } = environment.pluginContainer
    if (container[DONE]) continue
    container[DONE] = true
    const watched = watchedTransform(transform)
    const isPlugin = how.asPlugin && !environment.depsOptimizer && addPlugin(environment, watched)
    wrapContainer(environment, watched, isPlugin)
  }
}

interface WatchedTransform extends Transform {
  readonly run: (code: string, id: string) => Transformed | undefined
  /** Whether `run` counts something in a module. */
  readonly wouldRun: (code: string, id: string) => boolean
  /** What `run` gave for a module that it was asked for last; undefined where it left that alone. */
  readonly takeGiven: (id: string) => Transformed | undefined
  /** Says of a module whether somebody prints it anew. */
  readonly setPrinted: (id: string, isPrinted: boolean) => void
  /** Has `run` leave a module alone from now on, or no longer. */
  readonly leave: (id: string, isLeft?: boolean) => void
}

/** Who compiles a module from its file ignores the text that it is given: seen once, it is not given any. */
function watchedTransform(transform: Transform): WatchedTransform {
  const given = new Map<string, Transformed>()
  const printed = new Map<string, boolean>()
  const left = new Set<string>()
  const behind = new Set<string>()
  return {
    ...transform,
    run(code, id) {
      const made = left.has(id) ? undefined : transform.run(code, id, printed.get(id))
      if (made === 'behind') behind.add(id)
      else behind.delete(id)
      if (made === undefined || made === 'behind') return undefined
      given.set(id, made)
      return made
    },
    wouldRun(code, id) {
      const made = left.has(id) ? undefined : transform.run(code, id)
      return made !== undefined && made !== 'behind'
    },
    takeGiven(id) {
      const made = given.get(id)
      given.delete(id)
      return made
    },
    setPrinted: (id, isPrinted) => void printed.set(id, isPrinted),
    leave(id, isLeft = true) {
      if (!isLeft) return void left.delete(id)
      left.add(id)
      transform.leaves(id)
    },
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
  pluginContainer.transform = (code, id, options) => {
    /** Our map must not be applied to what was not made of our text. */
    const behind = (): Promise<ContainerResult> => {
      transform.leave(id)
      return transformed(code, id, options).then((made) => transform.runBehind(made, id))
    }
    /** The coverage of Vitest knows the source map of what was transformed last. */
    const afterLooking = (): Promise<ContainerResult> => {
      transform.leave(id)
      return transformed(code, id, options).then((made) => {
        if (readsText(made.code, code)) return transform.runBehind(made, id)
        transform.leave(id, false)
        return counted(true)
      })
    }
    const counted = (hasLooked: boolean, isPrintedKnown = false): Promise<ContainerResult> =>
      transformed(code, id, options).then(
        (made) => {
          const given = transform.takeGiven(id)
          if (given === undefined) return transform.runBehind(made, id)
          if (!made.code.includes(given.sign) || readsText(made.code, code)) return behind()
          // Compilers are loaded with the first file.
          if (!hasLooked && hasLoadedReactCompiler()) return afterLooking()
          const isPrinted = given.printed?.isSo(made.code)
          if (isPrintedKnown || isPrinted === undefined || isPrinted === given.printed?.isSupposed)
            return made
          transform.setPrinted(id, isPrinted)
          return counted(hasLooked, true)
        },
        (error: unknown) => {
          // Who rejects a text may do so for the counters in it.
          if (transform.takeGiven(id) === undefined) throw error
          return behind()
        },
      )
    return hasLoadedReactCompiler() && transform.wouldRun(code, id) ? afterLooking() : counted(false)
  }
}
