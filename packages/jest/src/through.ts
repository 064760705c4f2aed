import { type CountedFile, instrumentFile, untouched } from './instrument-file.ts'
import type { Transformer, TransformOptions, TransformResult } from './jest-versions.ts'
import { setText } from './overlay.ts'
import { withoutOwnFrames } from './own-frames.ts'
import { withMapsToDisk } from './result-maps.ts'
import { noteTrouble } from './trouble.ts'
import type { EntryOptions } from './wrapped-config.ts'

/** A file on its way through the user's transformer. */
export interface FileOnItsWay {
  readonly text: string
  readonly path: string
  readonly entry: EntryOptions
  /** What Jest says. */
  readonly options: TransformOptions
  /** What the user's transformer is told. */
  readonly seen: TransformOptions
}

/**
 * Puts counters into a file and hands it on. When the user's transformer rejects the counters, it gets the file as it
 * is, and if that fails as well, its error is the one it would have raised without us.
 */
export function throughNow(inner: Transformer, file: FileOnItsWay): TransformResult {
  const process = (text: string): TransformResult => processNow(inner, text, file)
  const counted = countedFile(file)
  try {
    if (counted) return finished(process(counted.body), counted)
  } catch (error) {
    const result = ownErrors(() => process(asItIs(file)))
    return rejected(result, counted, error)
  }
  return ownErrors(() => process(asItIs(file)))
}

/** As `throughNow`, for transformers that answer later. */
export async function throughLater(inner: Transformer, file: FileOnItsWay): Promise<TransformResult> {
  const process = async (text: string): Promise<TransformResult> => {
    const { path, seen } = file
    return inner.processAsync ? inner.processAsync(text, path, seen) : processNow(inner, text, file)
  }
  const counted = countedFile(file)
  try {
    if (counted) return finished(await process(counted.body), counted)
  } catch (error) {
    const result = await ownErrorsLater(() => process(asItIs(file)))
    return rejected(result, counted, error)
  }
  return ownErrorsLater(() => process(asItIs(file)))
}

function processNow(inner: Transformer, text: string, { path, seen }: FileOnItsWay): TransformResult {
  if (!inner.process) throw new TypeError(`The transformer of ${path} has no "process".`)
  return inner.process(text, path, seen)
}

function countedFile({ text, path, entry, options }: FileOnItsWay): CountedFile | undefined {
  const counted = instrumentFile(text, path, { config: options.config, trace: entry.trace })
  setText(path, counted?.body)
  return counted
}

function asItIs({ text, path }: FileOnItsWay): string {
  setText(path, undefined)
  return text
}

function finished(result: TransformResult, { helper, inserted }: CountedFile): TransformResult {
  // Jest names what is wrong with such a result.
  if (typeof result?.code !== 'string') return result
  return withMapsToDisk(result, inserted, helper)
}

function rejected(
  result: TransformResult,
  counted: CountedFile | undefined,
  error: unknown,
): TransformResult {
  if (counted) noteTrouble(untouched(counted.name, error))
  return result
}

function ownErrors<Value>(action: () => Value): Value {
  try {
    return action()
  } catch (error) {
    throw withoutOwnFrames(error)
  }
}

async function ownErrorsLater<Value>(action: () => Promise<Value>): Promise<Value> {
  try {
    return await action()
  } catch (error) {
    throw withoutOwnFrames(error)
  }
}
