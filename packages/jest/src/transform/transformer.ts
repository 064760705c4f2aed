import { createHash } from 'node:crypto'
import { type EntryOptions, unwrapConfig } from '../config/wrapped-config.ts'
import type { Transformer, TransformOptions } from '../jest-versions.ts'
import { recallNote, rememberNote } from './file-notes.ts'
import { loadTransformer } from './load-transformer.ts'
import { cacheOver } from './text-cache.ts'
import { noteOutside, takeNote } from './traced-source.ts'
import { type FileToTransform, transformLater, transformNow } from './transform-file.ts'
import { unjudgedSeen, unjudgedTransformer } from './unjudged.ts'

/** What Jest asks for by each of our entries in `transform`, in each worker and for each test file. */
async function createTransformer(entry: EntryOptions): Promise<Transformer> {
  const { inner, innerConfig } = entry
  if (inner === null) return wrapTransformer(PLAIN, undefined, entry)
  const transformer = await loadTransformer(inner, innerConfig ?? {})
  return wrapTransformer(transformer, await unjudgedTransformer(inner, innerConfig), entry)
}

const transformer: { readonly createTransformer: typeof createTransformer } = { createTransformer }

export default transformer

/** As Jest has it for what nobody compiles: Istanbul notes the `null`. */
const PLAIN: Transformer = { process: (code) => ({ code, map: null }) }

/** @param unjudged for text with counters, where `inner` may check types */
function wrapTransformer(
  inner: Transformer,
  unjudged: Transformer | undefined,
  entry: EntryOptions,
): Transformer {
  const isIgnored = ignoredBy(entry.ignored)
  const file = (text: string, path: string, options: TransformOptions): FileToTransform => {
    const seen = seenBy(options, entry)
    const isPlain = inner === PLAIN || isIgnored(path)
    return {
      ...{ text, path, entry, options, isPlain },
      compiler: { transformer: isPlain ? PLAIN : inner, seen },
      unjudged: unjudged && !isPlain ? { transformer: unjudged, seen: unjudgedSeen(seen) } : undefined,
    }
  }
  // Jest asks for a file's key right before the file.
  const keys = new Map<string, string>()
  const keyed = (path: string, options: TransformOptions, innerKey: string): string => {
    const key = keyOf(entry, options, innerKey)
    keys.set(path, key)
    recallNote(options.config, key)
    noteOutside(path, { config: options.config, trace: entry.trace })
    return key
  }
  const remember = (path: string, { config }: TransformOptions): void =>
    rememberNote(config, keys.get(path), takeNote(path))
  return {
    // Ours come behind the user's, so the user's cannot be left to Jest.
    canInstrument: true,
    // Jest asks whether these are there.
    ...(inner.process && {
      process: (text, path, options) => {
        takeNote(path)
        const result = transformNow(file(text, path, options))
        remember(path, options)
        return result
      },
    }),
    ...(inner.processAsync && {
      processAsync: async (text, path, options) => {
        takeNote(path)
        const result = await transformLater(file(text, path, options))
        remember(path, options)
        return result
      },
    }),
    getCacheKey: (text, path, options) => {
      const seen = seenBy(options, entry)
      const key = inner.getCacheKey?.(text, path, seen) ?? [text, path, seen.configString].join('\0')
      return keyed(path, options, key)
    },
    ...(inner.getCacheKeyAsync && {
      getCacheKeyAsync: async (text, path, options) =>
        keyed(path, options, (await inner.getCacheKeyAsync?.(text, path, seenBy(options, entry))) ?? ''),
    }),
  }
}

/** The options of the user's transformer as they would be without us. */
function seenBy(options: TransformOptions, { innerConfig }: EntryOptions): TransformOptions {
  const { configString } = options
  const config = unwrapConfig(options.config, configString)
  return {
    ...options,
    config,
    configString: textOf(config),
    transformerConfig: innerConfig ?? {},
    cacheFS: cacheOver(options.cacheFS),
  }
}

const texts = new WeakMap<object, string>()

function textOf(config: object): string {
  const text = texts.get(config) ?? JSON.stringify(config)
  texts.set(config, text)
  return text
}

/** Names everything that changes the code; Jest 29 uses it alone. */
function keyOf({ trace, inner }: EntryOptions, options: TransformOptions, innerKey: string): string {
  const { instrument, collectCoverage, coverageProvider } = options
  const { supportsDynamicImport, supportsExportNamespaceFrom, supportsStaticESM, supportsTopLevelAwait } =
    options
  const asked = [
    ...[trace, inner, instrument, collectCoverage, coverageProvider],
    ...[supportsDynamicImport, supportsExportNamespaceFrom, supportsStaticESM, supportsTopLevelAwait],
  ]
  return createHash('sha256').update(JSON.stringify(asked)).update(innerKey).digest('hex').slice(0, 32)
}

function ignoredBy(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false
  const ignored = new RegExp(patterns.join('|'))
  return (path) => ignored.test(path)
}
