import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import {
  outsideSentence,
  type SourceFilter,
  SourceTables,
  untouchedBecause,
  untouchedSentence,
} from '@tstrace/core/program'
import { type Instrumented, instrument, isInstrumented, sourceId } from '@tstrace/instrument'
import { type RawMap, withInsertions } from '@tstrace/instrument/maps'
import { isToBeCompiled, isTypeScript, pathFromRoot, withoutMark } from '@tstrace/instrument/source-file'
import type { CountedCode, KeptCode } from '../kept-code.ts'
import { hasDecorators, isErasable, toJavaScript } from './to-javascript.ts'
import { withOwnBuiltins } from './with-own-builtins.ts'

/** How modules are instrumented in this process. */
export interface Tracing {
  /** Absolute path that names are relative to. */
  readonly root: string
  readonly filter: SourceFilter
  readonly branches: boolean
  readonly calls: boolean
  readonly live: boolean
  /** Whether this Node leaves out types itself. */
  readonly strips: boolean
  /** Whether what is loaded now is to be traced. */
  readonly isActive: () => boolean
  /** Is told of each module that is traced, by its absolute path. */
  readonly onTraced?: (path: string, made: Instrumented) => void
  /** What earlier runs have made of modules; those that are found there are traced without a call of `onTraced`. */
  readonly kept?: KeptCode
  /** Is told in a sentence of each module that should be traced and cannot be. */
  readonly onProblem?: (problem: string) => void
}

export interface TracedModule {
  readonly code: string
  /** False where the code is TypeScript still. */
  readonly isJavaScript: boolean
}

let isAtWork = false

/**
 * The code of a module with counters, and with its source map behind it.
 *
 * @param path absolute
 * @returns undefined for what is not traced and runs as it is
 */
export function tracedModule(path: string, source: string, tracing: Tracing): TracedModule | undefined {
  // What is loaded for our own work, the parser for instance, is no part of the program.
  return atWork(() => {
    // Node takes the mark off where it has to, but does not compile.
    const text = isToBeCompiled(path) ? withoutMark(source) : source
    return codeOf(path, text, tracing)
  })
}

/**
 * As `tracedModule`, for what is compiled as a CommonJS module: the text of a file, or what another loader, which reads files
 * itself, has made of it.
 */
export function tracedRequired(path: string, text: string, tracing: Tracing): TracedModule | undefined {
  const isOther = atWork(() => !isInstrumented(text) && tracing.filter(path).trace && !isTextOf(path, text))
  return isOther ? atWork(() => behindLoader(path, text, tracing)) : tracedModule(path, text, tracing)
}

/**
 * The text of a module with counters and with its source map behind it, in the language that it is in.
 *
 * @param path absolute
 * @returns undefined where somebody has made something else of the file, and for what is not traced
 */
export function instrumentedModule(path: string, text: string, tracing: Tracing): string | undefined {
  return atWork(() => {
    if (!isTextOf(path, text)) return undefined
    const made = instrumentedCode(path, isToBeCompiled(path) ? withoutMark(text) : text, tracing)
    return made && withMap(made)
  })
}

function atWork<Result>(action: () => Result): Result | undefined {
  if (isAtWork) return undefined
  isAtWork = true
  try {
    return withOwnBuiltins(action)
  } finally {
    isAtWork = false
  }
}

function isTextOf(path: string, text: string): boolean {
  return existsSync(path) && withoutMark(readFileSync(path, 'utf8')) === withoutMark(text)
}

/** Counters in what a loader has made of a file, where its source map leads there. */
function behindLoader(path: string, text: string, tracing: Tracing): TracedModule | undefined {
  const tables = new SourceTables(tracing)
  const map = inlineMap(text)
  const made = tables.instrumentCompiled(
    { path, file: pathFromRoot(tracing.root, path) },
    { code: text, map },
  )
  for (const problem of tables.problems) tracing.onProblem?.(problem)
  return (
    made &&
    map && {
      code: withMap({ code: made.code, map: JSON.stringify(withInsertions(map, made.map.mappings)) }),
      isJavaScript: true,
    }
  )
}

/** The last source map that stands in a code. */
function inlineMap(code: string): RawMap | undefined {
  const [, map] =
    /[\s\S]*\n\/\/[#@] sourceMappingURL=data:application\/json;(?:charset[:=][^;,]+;)?base64,([\w+/=]+)/.exec(
      code,
    ) ?? []
  return map === undefined ? undefined : JSON.parse(Buffer.from(map, 'base64').toString())
}

function codeOf(path: string, source: string, tracing: Tracing): TracedModule | undefined {
  const instrumented = instrumentedCode(path, source, tracing)
  const needsCompiler = isToBeCompiled(path)
    ? !(tracing.strips && isErasable(path, source))
    : hasDecorators(path, source)
  if (needsCompiler) {
    const given = instrumented && { code: instrumented.code, map: JSON.parse(instrumented.map) }
    const { code, map } = toJavaScript(path, given ?? { code: source })
    return { code: withMap({ code, map: JSON.stringify(map) }), isJavaScript: true }
  }
  return instrumented && { code: withMap(instrumented), isJavaScript: !isTypeScript(path) }
}

function instrumentedCode(
  path: string,
  source: string,
  { branches, calls, filter, kept, live, onProblem, onTraced, root }: Tracing,
): CountedCode | undefined {
  // Hooks of several threads may be one behind the other.
  if (isInstrumented(source)) return undefined
  const verdict = filter(path)
  if (!verdict.trace) {
    const sentence = outsideSentence(root, path, verdict)
    if (sentence !== undefined) onProblem?.(sentence)
    return undefined
  }
  const file = pathFromRoot(root, path)
  try {
    const text = { id: sourceId(source, { branches, file }), isMarked: withoutMark(source) !== source }
    const known = kept?.read(path, text)
    if (known) return known
    const made = instrument(source, { file, branches, calls, live })
    if (!made) return undefined
    onTraced?.(path, made)
    // Node reads the source itself when it has to show a line of it.
    const { sourcesContent: _, ...map } = made.map
    const counted = { code: made.code, map: JSON.stringify({ ...map, sources: [basename(path)] }) }
    kept?.leave(path, text, { ...counted, hash: made.hash, sites: made.sites })
    return counted
  } catch (error) {
    onProblem?.(untouchedSentence(untouchedBecause(file, error)))
    return undefined
  }
}

function withMap({ code, map }: CountedCode): string {
  const encoded = Buffer.from(map).toString('base64')
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${encoded}`
}
