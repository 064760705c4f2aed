import { createRequire } from 'node:module'
import type { ProjectConfig, Transformer, TransformOptions } from '../jest-versions.ts'
import { loadTransformer } from './load-transformer.ts'

const require = createRequire(import.meta.url)

/** Nobody judges types without one of these; ts-jest may bring a compiler of another name. */
const TYPE_CHECKER = /[\\/]node_modules[\\/](?:typescript|ts-jest)[\\/]/

/** Options of ts-jest, and of what is built on it, with which it judges nothing and says nothing. */
const UNJUDGED = {
  exclude: ['**'],
  // Messages about the configuration, which the user's own transformer has given.
  ignoreCodes: [6059, 18002, 18003, 151001, 151002],
  warnOnly: true,
}

/**
 * A second transformer for text with counters, where the user's may check types: what has counters in it has other types, and
 * errors of its own. It is told to check nothing, and is kept apart from the user's by its configuration, because those that
 * check types keep all texts they were given.
 *
 * @param path absolute, of the user's transformer, which has been loaded
 * @returns undefined where nobody checks types
 */
export async function unjudgedTransformer(
  path: string,
  innerConfig: unknown,
): Promise<Transformer | undefined> {
  const { isolatedModules, diagnostics } = (innerConfig ?? {}) as {
    isolatedModules?: unknown
    diagnostics?: unknown
  }
  if (isolatedModules === true || diagnostics === false || !mayCheckTypes(path)) return undefined
  return loadTransformer(path, unjudgedOptions(innerConfig))
}

const configs = new WeakMap<ProjectConfig, ProjectConfig>()

/** What the second transformer is told. */
export function unjudgedSeen(seen: TransformOptions): TransformOptions {
  const config = configs.get(seen.config) ?? unjudgedConfig(seen.config)
  configs.set(seen.config, config)
  return {
    ...seen,
    config,
    configString: JSON.stringify(config),
    transformerConfig: unjudgedOptions(seen.transformerConfig),
  }
}

function unjudgedConfig(config: ProjectConfig): ProjectConfig {
  const transform = config.transform.map(
    ([pattern, path, options]) => [pattern, path, unjudgedOptions(options)] as const,
  )
  return Object.freeze({ ...config, transform })
}

function unjudgedOptions(options: unknown): object {
  return { ...(options as object | undefined), diagnostics: UNJUDGED }
}

/** Whether a transformer has a type checker among what it loads. */
function mayCheckTypes(path: string): boolean {
  const own = require.cache[path]
  // What was imported is in no cache that can be asked, but what it has required is.
  const modules = own ? reachedFrom(own) : new Set(Object.keys(require.cache))
  return [...modules].some((one) => TYPE_CHECKER.test(one))
}

function reachedFrom(start: NodeJS.Module): Set<string> {
  const reached = new Set<string>()
  const open = [start]
  for (let next = open.pop(); next; next = open.pop()) {
    if (reached.has(next.filename)) continue
    reached.add(next.filename)
    open.push(...next.children)
  }
  return reached
}
