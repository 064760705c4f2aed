import type { TestProject, Vitest } from './vitest-versions.ts'

/*
 * What differs between the caches of transformed modules that Vitest 4 and 5 have on disk, and where they are.
 */

/** A Vitest as it is: whoever holds its cache is told apart by what is there. */
interface CachingVitest extends Vitest {
  /** Since 5. */
  readonly cache?: { readonly _modules?: ModuleCache }
  /** In 4. */
  readonly _fsCache?: ModuleCache
}

interface ModuleCache {
  /** Absolute path of the folder of all projects that have none of their own. */
  readonly rootCache: string
  defineCacheKeyGenerator?(generator: CacheKeyGenerator): void
  /** In 5 each project has its own. */
  defineCacheKeyGenerator?(config: TestProject['config'], generator: CacheKeyGenerator): void
}

/** Is asked of each module before that is looked for; false keeps it out of the cache. */
type CacheKeyGenerator = (module: { readonly id: string; readonly sourceCode: string }) => false | undefined

/** Absolute paths of the folders in which transformed modules are kept; none before 4. */
export function cacheFolders(vitest: Vitest): readonly string[] {
  const rootCache = moduleCacheOf(vitest)?.rootCache
  if (rootCache === undefined) return []
  const folders = vitest.projects.map(
    ({ config }) => config.fsModuleCachePath ?? config.experimental?.fsModuleCachePath ?? rootCache,
  )
  return [...new Set(folders)]
}

/**
 * Has somebody decide of each module whether it may be taken from the cache and put there.
 *
 * @param mayCache is given the id of a module and the text that it is made of
 */
export function decideOnCaching(vitest: Vitest, mayCache: (id: string, text: string) => boolean): void {
  const cache = moduleCacheOf(vitest)
  const generator: CacheKeyGenerator = ({ id, sourceCode }) => (mayCache(id, sourceCode) ? undefined : false)
  if (cache?.defineCacheKeyGenerator?.length === 1) return cache.defineCacheKeyGenerator(generator)
  for (const { config } of vitest.projects) cache?.defineCacheKeyGenerator?.(config, generator)
}

function moduleCacheOf({ _fsCache, cache }: CachingVitest): ModuleCache | undefined {
  return cache?._modules ?? _fsCache
}
