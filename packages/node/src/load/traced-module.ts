import { basename } from 'node:path'
import {
  type Instrumented,
  instrument,
  isInstrumented,
  outsideSentence,
  type SourceFilter,
  untouchedBecause,
  untouchedSentence,
} from '@tstrace/core/program'
import { isToBeCompiled, isTypeScript, pathFromRoot, withoutMark } from '@tstrace/core/source-file'
import { hasDecorators, isErasable, toJavaScript } from './to-javascript.ts'
import { withOwnBuiltins } from './with-own-builtins.ts'

/** How modules are instrumented in this process. */
export interface Tracing {
  /** Absolute path that names are relative to. */
  readonly root: string
  readonly filter: SourceFilter
  readonly calls: boolean
  readonly live: boolean
  /** Whether this Node leaves out types itself. */
  readonly strips: boolean
  /** Whether what is loaded now is to be traced. */
  readonly isActive: () => boolean
  /** Is told of each module that is traced, by its absolute path. */
  readonly onTraced?: (path: string, made: Instrumented) => void
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
  if (isAtWork) return undefined
  isAtWork = true
  try {
    return withOwnBuiltins(() => {
      // Node takes the mark off where it has to, but does not compile.
      const text = isToBeCompiled(path) ? withoutMark(source) : source
      return codeOf(path, text, tracing)
    })
  } finally {
    isAtWork = false
  }
}

function codeOf(path: string, source: string, tracing: Tracing): TracedModule | undefined {
  const instrumented = instrumentedCode(path, source, tracing)
  const needsCompiler = isToBeCompiled(path)
    ? !(tracing.strips && isErasable(path, source))
    : hasDecorators(path, source)
  if (needsCompiler)
    return { code: withMap(toJavaScript(path, instrumented ?? { code: source })), isJavaScript: true }
  return instrumented && { code: withMap(instrumented), isJavaScript: !isTypeScript(path) }
}

function instrumentedCode(
  path: string,
  source: string,
  { calls, filter, live, onProblem, onTraced, root }: Tracing,
): { code: string; map: object } | undefined {
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
    const made = instrument(source, { file, calls, live })
    if (!made) return undefined
    onTraced?.(path, made)
    // Node reads the source itself when it has to show a line of it.
    const { sourcesContent: _, ...map } = made.map
    return { code: made.code, map: { ...map, sources: [basename(path)] } }
  } catch (error) {
    onProblem?.(untouchedSentence(untouchedBecause(file, error)))
    return undefined
  }
}

function withMap({ code, map }: { readonly code: string; readonly map: object }): string {
  const encoded = Buffer.from(JSON.stringify(map)).toString('base64')
  return `${code}\n//# sourceMappingURL=data:application/json;base64,${encoded}`
}
