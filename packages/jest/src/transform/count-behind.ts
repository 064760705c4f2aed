import { chained, type RawMap } from '@tstrace/instrument/maps'
import type { TransformOptions, TransformResult } from '../jest-versions.ts'
import { inlineMapOf } from '../maps/result-maps.ts'
import { countForIstanbul } from './count-for-istanbul.ts'
import { instrumentOutput, type Output } from './instrument-output.ts'
import { noteUntouched, type TracedSource } from './traced-source.ts'

export interface CompiledFile {
  /** Undefined where we have nothing to count. */
  readonly source: TracedSource | undefined
  readonly path: string
  /** What the user's transformer made of the text on disk. */
  readonly result: TransformResult
  readonly options: TransformOptions
  /** The user's transformer brings Istanbul along. */
  readonly canInstrument: boolean
  readonly isCompiled: boolean
  readonly base: string
  readonly calls: boolean
  /** Why there are no counters in front of the compiler, if there should have been. */
  readonly rejection: unknown
}

/** The way out where counters have to come behind a compiler that gives no map. */
export const MAPS_ON = 'Turn its source maps on (`"sourceMap": true` for TypeScript)'

/** Whether the user's own coverage counts a file, so that ours has to come behind it. */
export function isCovered({ instrument, collectCoverage, coverageProvider }: TransformOptions): boolean {
  return instrument === true || (collectCoverage === true && coverageProvider === 'v8')
}

/** What becomes of a file that gets its counters when others have made of it what they make: its compiler, the user's coverage. */
export function countBehind(file: CompiledFile): TransformResult {
  const { source, result, options, path, base, isCompiled, rejection } = file
  const compiled = withMap(result)
  const isOurs = options.instrument === true && !file.canInstrument
  const before = isOurs ? countForIstanbul({ result: compiled, path, options, base, isCompiled }) : compiled
  if (!source) return before
  const output = outputOf(before, compiled, isCovered(options) && options.instrument !== true)
  if (!output) {
    noteUntouched(
      source,
      rejection ??
        new Error(
          `its transformer gave no source map, and its coverage is taken, too. ${MAPS_ON}, or run without coverage.`,
        ),
    )
    return before
  }
  return instrumentOutput(source, output, file.calls) ?? before
}

function outputOf(
  before: TransformResult,
  compiled: TransformResult,
  isAskedFor: boolean,
): Output | undefined {
  const map = parsed(withMap(before).map)
  const first = parsed(compiled.map)
  if (!map) return undefined
  // Babel reads a map that stands in the code it is given, and its own leads to the file on disk then.
  const isChained = before === compiled || !first || inlineMapOf(compiled.code) !== undefined
  return { code: before.code, map, toDisk: isChained ? map : chained(map, first), isAskedFor }
}

function parsed(map: TransformResult['map']): RawMap | undefined {
  if (map == null || map === '') return undefined
  return (typeof map === 'string' ? JSON.parse(map) : map) as RawMap
}

/** As Jest does: a map in the code counts where there is no other. */
function withMap(result: TransformResult): TransformResult {
  if (result.map != null && result.map !== '') return result
  const map = inlineMapOf(result.code)
  return map ? { ...result, map } : result
}
