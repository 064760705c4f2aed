import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import type { Transformer } from '../jest-versions.ts'

interface Factory {
  createTransformer(options?: unknown): Transformer | Promise<Transformer>
}

const require = createRequire(import.meta.url)

/** Loads the user's transformer as Jest would have. */
export async function loadTransformer(path: string, options: unknown): Promise<Transformer> {
  const loaded = (await requireOrImport(path)) as Transformer | Factory
  return 'createTransformer' in loaded && typeof loaded.createTransformer === 'function'
    ? loaded.createTransformer(options)
    : (loaded as Transformer)
}

async function requireOrImport(path: string): Promise<unknown> {
  try {
    const loaded = require(path) as { __esModule?: boolean; default?: unknown } | null
    return loaded?.__esModule ? loaded.default : loaded
  } catch (error) {
    const { code } = error as { code?: string }
    if (code !== 'ERR_REQUIRE_ESM' && code !== 'ERR_REQUIRE_ASYNC_MODULE') throw error
    return ((await import(pathToFileURL(path).href)) as { default: unknown }).default
  }
}
