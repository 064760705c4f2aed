import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { CodeOptions } from '@tstrace/core/adapter'
import { patternOf } from '@tstrace/instrument/source-file'
import type { ProjectConfig } from '../jest-versions.ts'

/** The transformer of a wrapped configuration; it calls the user's. */
export const TRANSFORMER: string = fileURLToPath(new URL('./transformer.js', import.meta.url))

const RUNTIME = fileURLToPath(new URL('./runtime.js', import.meta.url))

/**
 * What workers have to know to transform. It is part of every cache key, so it holds only what changes the code, and
 * nothing that differs from run to run.
 */
export interface Trace {
  /** Absolute path of the project root. */
  readonly root: string
  /** Which tstrace this is, down to its code. */
  readonly build: string
  readonly options: CodeOptions
}

/** Options of our entries in `transform`. */
export interface EntryOptions {
  readonly trace: Trace
  /** Absolute path of the user's transformer; null where files run as they are. */
  readonly inner: string | null
  readonly innerConfig?: unknown
  /** The user's `transformIgnorePatterns` where they had to be taken away. */
  readonly ignored: readonly string[]
  /** Absolute path of the runtime that ours extends. */
  readonly base: string
  /** The user's own `runtime`. */
  readonly runtime?: string | null
}

/** A configuration that is traced; undefined where the project's runner has no runtime of Jest's to use. */
export function wrapConfig(config: ProjectConfig, trace: Trace): ProjectConfig | undefined {
  const base = config.runtime ?? runtimeOf(config.runner)
  if (base === undefined) return undefined
  const shared = {
    trace,
    base,
    ignored: namesDependencies(trace) ? config.transformIgnorePatterns : [],
    ...(config.runtime && { runtime: config.runtime }),
  }
  const entry = (pattern: string, inner: string | null, innerConfig?: unknown) => {
    const options: EntryOptions = { ...shared, inner, ...(innerConfig !== undefined && { innerConfig }) }
    return [pattern, TRANSFORMER, options] as const
  }
  return Object.freeze({
    ...config,
    runtime: RUNTIME,
    transform: [
      ...config.transform.map(([pattern, path, options]) => entry(pattern, path, options)),
      // What no pattern of the user's claims runs as it is.
      entry(patternOf(['js', 'jsx']), null),
    ],
    transformIgnorePatterns: namesDependencies(trace) ? [] : config.transformIgnorePatterns,
  })
}

/** The copy of Jest's runtime that a runner would load. */
function runtimeOf(runner: string): string | undefined {
  try {
    return createRequire(runner).resolve('jest-runtime')
  } catch {
    return undefined
  }
}

/** The options of one of our entries, all of which have the same trace and base; undefined in other configurations. */
export function entryOptionsOf({ transform }: ProjectConfig): EntryOptions | undefined {
  return transform.find(([, path]) => path === TRANSFORMER)?.[2] as EntryOptions | undefined
}

const originals = new Map<string, ProjectConfig>()

/**
 * The configuration as the user's transformer should see it: always the same object for the same configuration,
 * because ts-jest tells them apart by identity.
 * @param configString The wrapped configuration as text.
 */
export function unwrapConfig(config: ProjectConfig, configString: string): ProjectConfig {
  const known = originals.get(configString)
  if (known) return known
  const { runtime, ignored } = entryOptionsOf(config) as EntryOptions
  const transform = config.transform.flatMap(([pattern, , options]) => {
    const { inner, innerConfig } = options as EntryOptions
    return inner === null ? [] : [[pattern, inner, innerConfig ?? {}] as const]
  })
  const transformIgnorePatterns = ignored.length > 0 ? ignored : config.transformIgnorePatterns
  const original = Object.freeze({ ...config, runtime: runtime ?? null, transform, transformIgnorePatterns })
  originals.set(configString, original)
  return original
}

/** Jest leaves dependencies alone unless it is told otherwise; who names one in `include` wants it traced. */
function namesDependencies({ options }: Trace): boolean {
  return options.include.some((glob) => glob.includes('node_modules'))
}
