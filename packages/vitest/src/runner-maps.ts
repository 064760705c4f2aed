import { isAbsolute } from 'node:path'
import { type RawMap, throughBoth } from '@tstrace/instrument/maps'
import { type RunnerTexts, runnerMap } from './runner-map.ts'
import type { ReplacedCall } from './runner-pieces.ts'
import type { ContainerResult, RunnerResult, TransformContext, ViteEnvironment } from './vitest-versions.ts'

/*
 * Two thirds of what Vite allocates for a module are maps: one of every word and sign of the text for its runner, led through
 * that of the compiler, which is led through ours. With counters in the text this grows to more than all the rest of
 * a run, and V8 lets it pile up (notes/vitest.md). So the maps of traced modules are combined here, in arrays of integers, with the same result.
 */

/** What Vite makes no map from: with it, what it gives to its runner has none either. */
interface NoMap {
  readonly mappings: ''
}

/** A text of which Vite is to make one for its runner without a map. */
interface Held {
  readonly id: string
  readonly code: string
  readonly map: RawMap
}

/** Of so many texts that are not understood one may be, before all are left to Vite, which then transforms none twice. */
const ALLOWED_UNKNOWN = 5

const CALLS: readonly ReplacedCall[] = ['argument', 'name']

/**
 * The maps of traced modules in one environment. Vite makes them until one of its own has been seen to be the same as ours, and
 * makes those for which this cannot be said.
 */
export class RunnerMaps {
  readonly #environment: RunnerEnvironment
  readonly #held = new WeakMap<object, Held>()
  /** What Vite has been given last with its map. */
  #watched: Held | undefined
  /** Modules whose maps Vite makes. */
  readonly #left = new Set<string>()
  #requests = 0
  #known = 0
  #isSame = false
  /** How Vite replaces calls; undefined until it is seen. */
  #call: ReplacedCall | undefined

  private constructor(environment: RunnerEnvironment) {
    this.#environment = environment
  }

  /** Undefined where an environment has no runner, or is not as Vite's are. */
  static of(environment: ViteEnvironment): RunnerMaps | undefined {
    if (!isForRunner(environment)) return undefined
    const maps = new RunnerMaps(environment)
    const original = environment.transformRequest
    environment.transformRequest = (url, ...rest) => {
      const request = (): Promise<RunnerResult | null> => original.call(environment, url, ...rest)
      return maps.#complete(url, request)
    }
    return maps
  }

  /** What all plugins have made of a traced module, without its map where that is added behind Vite. */
  withhold(result: ContainerResult, id: string, options: object | undefined): ContainerResult {
    const { map } = result
    // Others than Vite itself, on the way to its runner, need the map.
    const isForItsRunner = this.#requests > 0 && options && 'inMap' in options
    if (!isForItsRunner || !isOfOneFile(map) || isAbsolute(map.sources[0] ?? '')) return result
    if (this.#isIgnored(id)) return result
    const held = { id, code: result.code, map }
    if (!this.#isSame || this.#isLeft(id)) {
      this.#watched = held
      return result
    }
    const none: NoMap = { mappings: '' }
    this.#held.set(none, held)
    return { ...result, map: none }
  }

  async #complete(url: string, request: () => Promise<RunnerResult | null>): Promise<RunnerResult | null> {
    const result = await this.#counted(request)
    const held = result?.map && this.#held.get(result.map)
    if (!held) return result
    const map = this.#mapOf(held, result.code)
    if (map) {
      this.#known++
      result.map = { ...map, file: url }
      return result
    }
    this.#left.add(held.id)
    const { moduleGraph } = this.#environment
    const module = moduleGraph.getModuleById(held.id)
    if (module) moduleGraph.invalidateModule(module)
    return this.#counted(request)
  }

  /** Undefined where it is not known to be the one that Vite would make. */
  #mapOf({ code, map }: Held, output: string): RawMap | undefined {
    const [first, second] = (this.#call ? [this.#call] : CALLS).map((call) =>
      attempted(() => runnerMap({ module: code, output }, map, call)),
    )
    return second && second.mappings !== first?.mappings ? undefined : first
  }

  async #counted(request: () => Promise<RunnerResult | null>): Promise<RunnerResult | null> {
    this.#requests++
    try {
      const result = await request()
      const watched = this.#watched
      if (watched && result?.map) this.#compare(watched, { code: result.code, map: result.map as RawMap })
      return result
    } finally {
      this.#requests--
    }
  }

  /** Learns from a map that Vite has made, if it is of the module that is watched. */
  #compare({ code, map }: Held, made: { readonly code: string; readonly map: RawMap }): void {
    const texts: RunnerTexts = { module: code, output: made.code }
    const maps = CALLS.map((call) => attempted(() => runnerMap(texts, map, call)))
    if (!maps.some((found) => found)) return
    this.#watched = undefined
    const same = CALLS.filter((_, index) => maps[index]?.mappings === made.map.mappings)
    this.#isSame = same.length > 0
    if (same.length === 1) this.#call = same[0]
  }

  #isLeft(id: string): boolean {
    const unknown = this.#left.size
    return this.#left.has(id) || (unknown > ALLOWED_UNKNOWN && unknown * 10 > this.#known)
  }

  /** A map that debuggers are to skip says so. */
  #isIgnored(id: string): boolean {
    const { sourcemapIgnoreList } = this.#environment.config.server ?? {}
    return typeof sourcemapIgnoreList === 'function' && sourcemapIgnoreList(id, `${id}.map`)
  }
}

type RunnerEnvironment = ViteEnvironment & Required<Pick<ViteEnvironment, 'moduleGraph' | 'transformRequest'>>

function isForRunner(environment: ViteEnvironment): environment is RunnerEnvironment {
  const { config, moduleGraph, transformRequest } = environment
  return (
    config.dev?.moduleRunnerTransform === true &&
    typeof transformRequest === 'function' &&
    typeof moduleGraph?.getModuleById === 'function' &&
    typeof moduleGraph.invalidateModule === 'function'
  )
}

/**
 * Has the context of a module combine our map with those of the plugins behind, when somebody asks for it.
 *
 * @param map of what our transform made, the first of all
 * @returns whether it does; else Vite has to be given the map
 */
export function combinesLater(context: TransformContext, map: RawMap): boolean {
  const { combinedMap, sourcemapChain } = context
  const isFirst = Array.isArray(sourcemapChain) && sourcemapChain.length === 0 && combinedMap === null
  if (!isFirst || typeof context._getCombinedSourcemap !== 'function') return false
  context._getCombinedSourcemap = () => {
    // From here on everything is as if Vite had been given the map.
    delete context._getCombinedSourcemap
    const behind = [...sourcemapChain]
    const made = behind.length > 0 && behind.every(isOfOneFile) ? combinedBy(context) : undefined
    const both = made && attempted(() => throughBoth(made as RawMap, map))
    if (both) context.combinedMap = { ...both, file: context.filename }
    else {
      context.combinedMap = null
      sourcemapChain.splice(0, sourcemapChain.length, map, ...behind)
    }
    return combinedBy(context)
  }
  return true
}

/** What fails here is left to Vite. */
function attempted<Result>(make: () => Result): Result | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}

function combinedBy(context: TransformContext): object | null {
  return context._getCombinedSourcemap?.() ?? null
}

/** Whether a map is one that leads to one text, which it has, beside what was made of it. */
function isOfOneFile(map: ContainerResult['map'] | undefined): map is RawMap & object {
  if (typeof map !== 'object' || map === null) return false
  const { mappings, sources, sourcesContent, version } = map as Partial<RawMap>
  const [source] = sources ?? []
  const isOne = sources?.length === 1 && typeof source === 'string'
  return version === 3 && typeof mappings === 'string' && mappings !== '' && isOne && !!sourcesContent
}
