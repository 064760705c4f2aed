import type { EntryOptions } from '../config/wrapped-config.ts'
import type { Transformer, TransformOptions, TransformResult } from '../jest-versions.ts'
import { inlineMapOf, withMapsToDisk } from '../maps/result-maps.ts'
import { withoutOwnFrames } from '../worker/without-own-frames.ts'
import { behindCoverage, isCovered } from './behind-coverage.ts'
import { type CountedFile, instrumentFile } from './instrument-file.ts'
import { mapUncompiled } from './map-uncompiled.ts'
import { setText } from './text-cache.ts'
import { noteUntouched, type TracedSource, tracedSource } from './traced-source.ts'

/** A file on its way through the user's transformer. */
export interface FileToTransform {
  readonly text: string
  readonly path: string
  readonly entry: EntryOptions
  /** What Jest says. */
  readonly options: TransformOptions
  /** What the user's transformer is told. */
  readonly seen: TransformOptions
  /** Nobody compiles it. */
  readonly isPlain: boolean
}

/**
 * Puts counters into a file and hands it on. When the user's transformer rejects the counters, it gets the file as it
 * is, and if that fails as well, its error is the one it would have raised without us.
 */
export function transformNow(inner: Transformer, file: FileToTransform): TransformResult {
  const process = (text: string): TransformResult => processNow(inner, text, file)
  const journey = new Journey(inner, file)
  const counted = journey.counted()
  let rejection: unknown
  try {
    const finished = counted && journey.finished(process(counted.body), counted)
    if (finished) return finished
  } catch (error) {
    rejection = error
  }
  try {
    return journey.untouched(process(journey.asItIs()), rejection)
  } catch (error) {
    throw withoutOwnFrames(error)
  }
}

/** As `transformNow`, for transformers that answer later. */
export async function transformLater(inner: Transformer, file: FileToTransform): Promise<TransformResult> {
  const process = async (text: string): Promise<TransformResult> => {
    const { path, seen } = file
    return inner.processAsync ? inner.processAsync(text, path, seen) : processNow(inner, text, file)
  }
  const journey = new Journey(inner, file)
  const counted = journey.counted()
  let rejection: unknown
  try {
    const finished = counted && journey.finished(await process(counted.body), counted)
    if (finished) return finished
  } catch (error) {
    rejection = error
  }
  try {
    return journey.untouched(await process(journey.asItIs()), rejection)
  } catch (error) {
    throw withoutOwnFrames(error)
  }
}

function processNow(inner: Transformer, text: string, { path, seen }: FileToTransform): TransformResult {
  if (!inner.process) throw new TypeError(`The transformer of ${path} has no "process".`)
  return inner.process(text, path, seen)
}

/** What happens to a file before and behind the user's transformer. */
class Journey {
  readonly #inner: Transformer
  readonly #file: FileToTransform
  readonly #source: TracedSource | undefined
  readonly #isBehind: boolean
  #readsItself = false

  constructor(inner: Transformer, file: FileToTransform) {
    this.#inner = inner
    this.#file = file
    const { text, path, entry, options } = file
    this.#source = tracedSource(text, path, { config: options.config, trace: entry.trace })
    // What holds the tests is in nobody's coverage, and what nobody compiles is the same before and behind.
    const isSame = options.instrument !== true && (file.isPlain || this.#source?.isTest === true)
    this.#isBehind = isCovered(options) && !isSame
  }

  /** The file with counters for the user's transformer; undefined where it gets it as it is. */
  counted(): CountedFile | undefined {
    const { trace: live, trackcalls: calls } = this.#file.entry.trace.options
    const how = { calls, live }
    const counted = this.#source && !this.#isBehind ? instrumentFile(this.#source, how) : undefined
    setText(this.#file.path, counted?.body)
    return counted
  }

  asItIs(): string {
    setText(this.#file.path, undefined)
    return this.#file.text
  }

  /** Undefined where the transformer has read the file itself, and ignored what it was given. */
  finished(result: TransformResult, counted: CountedFile): TransformResult | undefined {
    // Jest names what is wrong with such a result.
    if (typeof result?.code !== 'string') return result
    this.#readsItself = !counted.names.some((name) => result.code.includes(name))
    if (this.#readsItself) return undefined
    const { isPlain, options, path } = this.#file
    const finished = withMapsToDisk(result, counted.inserted, counted.helper)
    if (!isPlain || inlineMapOf(result.code)) return finished
    return mapUncompiled(finished.code, { path, counted, isAskedFor: isCovered(options) })
  }

  untouched(result: TransformResult, rejection: unknown): TransformResult {
    const { entry, isPlain, options, path } = this.#file
    if (this.#source && rejection) noteUntouched(this.#source, rejection)
    if (typeof result?.code !== 'string' || !(isCovered(options) || this.#readsItself)) return result
    return behindCoverage({
      source: this.#isBehind || this.#readsItself ? this.#source : undefined,
      path,
      result,
      options,
      canInstrument: this.#inner.canInstrument === true,
      isCompiled: !isPlain,
      base: entry.base,
      calls: entry.trace.options.trackcalls,
      reason: this.#readsItself ? 'reads the file itself' : 'its coverage is taken, too',
    })
  }
}
