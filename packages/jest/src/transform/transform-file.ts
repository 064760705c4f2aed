import { componentKind } from '@tstrace/instrument/source-file'
import type { EntryOptions } from '../config/wrapped-config.ts'
import type { Transformer, TransformOptions, TransformResult } from '../jest-versions.ts'
import { inlineMapOf, withMapsToDisk } from '../maps/result-maps.ts'
import { withoutOwnFrames } from '../worker/without-own-frames.ts'
import { countBehind, isCovered, MAPS_ON } from './count-behind.ts'
import { type CountedFile, instrumentFile } from './instrument-file.ts'
import { core } from './lazy-core.ts'
import { mapUncompiled } from './map-uncompiled.ts'
import { type MarkedTemplate, markingTemplates } from './template-marks.ts'
import { setText } from './text-cache.ts'
import { noteUnshown, type TracedSource, tracedSource } from './traced-source.ts'

/** A transformer of the user's, and what it is told. */
export interface Compiler {
  readonly transformer: Transformer
  readonly seen: TransformOptions
}

/** A file on its way through the user's transformer. */
export interface FileToTransform {
  readonly text: string
  readonly path: string
  readonly entry: EntryOptions
  /** What Jest says. */
  readonly options: TransformOptions
  readonly compiler: Compiler
  /** Who compiles text with counters, where the user's transformer may check types: that sees its author's text only. */
  readonly unjudged: Compiler | undefined
  /** Nobody compiles it. */
  readonly isPlain: boolean
}

/** A text for a transformer. */
interface Compiling {
  readonly text: string
  readonly by: Compiler
}

/** What a transformer said: gives it, or throws it. */
type Answer = () => TransformResult

/**
 * Puts counters into a file and hands it on. A transformer that may check types is asked about the file as it is first, and its
 * error is the outcome. Where counters are rejected, or what is made of the file depends on how it is written, the file as it is gets
 * them behind its compiler; if that fails as well, its error is the one it would have raised without us.
 */
function* wayOf(file: FileToTransform): Generator<Compiling, TransformResult, Answer> {
  const { compiler, isPlain, text, unjudged } = file
  const journey = new Journey(file)
  const counted = journey.counted()
  const asItIs = { text, by: compiler }
  const isAskedFirst = (): boolean => !isPlain && (unjudged !== undefined || core().hasLoadedReactCompiler())
  let judged = counted && isAskedFirst() ? (yield asItIs)() : undefined
  let rejection = judged && dependence(judged, file)
  try {
    // What a transformer gives back as it is, it need not see again.
    if (counted && judged?.code === text) return journey.finished({ code: counted.body }, counted, true)
    if (counted && !rejection) {
      const result = (yield { text: counted.body, by: unjudged ?? compiler })()
      // Compilers load others with the first file.
      if (!judged && isAskedFirst()) judged = (yield asItIs)()
      rejection = dependence(judged ?? result, file)
      if (!rejection) return journey.finished(result, counted, isPlain)
    }
  } catch (error) {
    rejection = error
  }
  const result = judged ?? (yield asItIs)()
  const unmapped = journey.unmapped()
  const template = journey.template()
  return journey.behind(result, rejection, {
    unmapped: unmapped === undefined ? undefined : yield { text: unmapped, by: compiler },
    marked: template && markedBy(template.template, yield { text, by: { ...compiler, seen: template.seen } }),
  })
}

/** Why counters cannot be in front of a compiler that depends on how a file is written; undefined where it does not. */
function dependence({ code }: TransformResult, { text }: FileToTransform): unknown {
  if (typeof code !== 'string' || !core().readsText(code, text)) return undefined
  return new Error(
    `its transformer gave no source map, and what it makes of a file depends on the text. ${MAPS_ON}.`,
  )
}

/** Takes a file on its way, through transformers that answer at once. */
export function transformNow(file: FileToTransform): TransformResult {
  const way = wayOf(file)
  try {
    let step = way.next(NO_ANSWER)
    while (!step.done) step = way.next(answerNow(step.value, file))
    return step.value
  } catch (error) {
    throw withoutOwnFrames(error)
  }
}

/** As `transformNow`, through transformers that answer later. */
export async function transformLater(file: FileToTransform): Promise<TransformResult> {
  const way = wayOf(file)
  try {
    let step = way.next(NO_ANSWER)
    while (!step.done) step = way.next(await answerLater(step.value, file))
    return step.value
  } catch (error) {
    throw withoutOwnFrames(error)
  }
}

/** Nobody has been asked yet. */
const NO_ANSWER: Answer = () => {
  throw new Error('No transformer was asked.')
}

function answerNow(compiling: Compiling, file: FileToTransform): Answer {
  try {
    showText(compiling, file)
    const result = processNow(compiling, file)
    return () => result
  } catch (error) {
    return failing(error)
  } finally {
    setText(file.path, undefined)
  }
}

async function answerLater(compiling: Compiling, file: FileToTransform): Promise<Answer> {
  const { text, by } = compiling
  try {
    showText(compiling, file)
    const later = by.transformer.processAsync?.(text, file.path, by.seen)
    const result = later ? await later : processNow(compiling, file)
    return () => result
  } catch (error) {
    return failing(error)
  } finally {
    setText(file.path, undefined)
  }
}

function processNow({ text, by }: Compiling, { path }: FileToTransform): TransformResult {
  const { transformer, seen } = by
  if (!transformer.process) throw new TypeError(`The transformer of ${path} has no "process".`)
  return transformer.process(text, path, seen)
}

/** Transformers that take texts from Jest's cache find counters in one only while they are asked about it. */
function showText({ text }: Compiling, file: FileToTransform): void {
  setText(file.path, text === file.text ? undefined : text)
}

function failing(error: unknown): Answer {
  return () => {
    throw error
  }
}

/** Compilers leave their map's name in what they have made, and read those that they find. */
const OWN_MAP = /^[ \t]*\/\/[#@] sourceMappingURL=.*$/gm

/** Undefined where the transformer failed, or said nothing that can be used. */
function answered(answer: Answer): TransformResult | undefined {
  try {
    const result = answer()
    return typeof result?.code === 'string' ? result : undefined
  } catch {
    return undefined
  }
}

/** The code with marks, where its compiler has a template and understands what it is told. */
function markedBy(template: () => string | undefined, answer: Answer): MarkedTemplate | undefined {
  const made = answered(answer)
  const text = template()
  return made && text !== undefined ? { code: made.code, template: text } : undefined
}

/** More that a transformer said of a file. */
interface MoreAnswers {
  /** Of the file without a map of its own. */
  readonly unmapped: Answer | undefined
  /** With marks in what became of its template. */
  readonly marked: MarkedTemplate | undefined
}

/** What happens to a file before and behind the user's transformer. */
class Journey {
  readonly #file: FileToTransform
  readonly #source: TracedSource | undefined
  readonly #isBehind: boolean

  constructor(file: FileToTransform) {
    this.#file = file
    const { text, path, entry, options } = file
    this.#source = tracedSource(text, path, { config: options.config, trace: entry.trace })
    // Nobody but its own compiler can read one.
    const isComponent = componentKind(path) !== undefined
    // What holds the tests is in nobody's coverage, and what nobody compiles is the same before and behind.
    const isSame = options.instrument !== true && (file.isPlain || this.#source?.isTest === true)
    this.#isBehind = (isCovered(options) && !isSame) || (this.#source !== undefined && isComponent)
  }

  /** The file with counters for the user's transformer; undefined where it gets it as it is. */
  counted(): CountedFile | undefined {
    const { branches, trace: live, trackcalls: calls } = this.#file.entry.trace.options
    if (!this.#source || this.#isBehind) return undefined
    const keepNames = branches || isCovered(this.#file.options)
    return instrumentFile(this.#source, { branches, calls, live, keepNames })
  }

  /** @param isUncompiled whether the result is the text with counters */
  finished(result: TransformResult, counted: CountedFile, isUncompiled: boolean): TransformResult {
    // Jest names what is wrong with such a result.
    if (typeof result?.code !== 'string') return result
    const isIgnored = counted.names.length > 0 && !counted.names.some((name) => result.code.includes(name))
    if (isIgnored)
      throw new Error(`its transformer gave no source map, and reads the file itself. ${MAPS_ON}.`)
    const { options, path } = this.#file
    const finished = withMapsToDisk(result, counted.inserted, counted.helper)
    if (!isUncompiled || inlineMapOf(result.code)) return finished
    return mapUncompiled(finished.code, { path, counted, isAskedFor: isCovered(options) })
  }

  /** The file without the comment that names a map of its own; undefined where it has none, or nothing is counted behind a compiler. */
  unmapped(): string | undefined {
    const { text } = this.#file
    return this.#source && this.#isBehind && text.search(OWN_MAP) >= 0 ? text.replace(OWN_MAP, '') : undefined
  }

  /** What a compiler of Vue's components is told to mark the template; undefined where nobody needs marks. */
  template(): ReturnType<typeof markingTemplates> | undefined {
    const { compiler, path } = this.#file
    return this.#source && componentKind(path) === 'vue' ? markingTemplates(compiler.seen) : undefined
  }

  /** The file as it is, compiled, with counters where they can be put behind its compiler. */
  behind(result: TransformResult, rejection: unknown, { marked, unmapped }: MoreAnswers): TransformResult {
    const { compiler, entry, isPlain, options, path } = this.#file
    const isCounted = isCovered(options) || rejection || this.#isBehind
    if (typeof result?.code !== 'string' || !isCounted) return result
    const source = this.#isBehind || rejection ? this.#source : undefined
    if (source && entry.trace.options.trace && !isCovered(options)) noteUnshown(source)
    return countBehind({
      source,
      path,
      result,
      unmapped: unmapped && answered(unmapped),
      marked,
      options,
      canInstrument: compiler.transformer.canInstrument === true,
      isCompiled: !isPlain,
      base: entry.base,
      calls: entry.trace.options.trackcalls,
      rejection,
    })
  }
}
