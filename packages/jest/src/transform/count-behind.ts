import { chained, type RawMap } from '@tstrace/instrument/maps'
import type { TransformOptions, TransformResult } from '../jest-versions.ts'
import { mapForLines } from '../maps/map-for-lines.ts'
import { inlineMapOf } from '../maps/result-maps.ts'
import { countForIstanbul } from './count-for-istanbul.ts'
import { instrumentOutput, type Output } from './instrument-output.ts'
import { type MarkedTemplate, mapWithTemplate } from './template-marks.ts'
import { noteTemplate, noteUntouched, type TracedSource } from './traced-source.ts'

export interface CompiledFile {
  /** Undefined where we have nothing to count. */
  readonly source: TracedSource | undefined
  readonly path: string
  /** What the user's transformer made of the text on disk. */
  readonly result: TransformResult
  /**
   * What it made of that text without the map that stands in it, if there is one: compilers read that, and what they give leads to
   * whatever the file was made of. Undefined where there is none, or where it failed.
   */
  readonly unmapped: TransformResult | undefined
  /** Of a component whose template has no map. */
  readonly marked: MarkedTemplate | undefined
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
  const { source, options, rejection } = file
  const made = madeOf(file.result, file)
  if (!source) return made.before
  const output = outputOf(made, file)
  if (!output) {
    noteUntouched(
      source,
      rejection ??
        new Error(
          `its transformer gave no source map, and its coverage is taken, too. ${MAPS_ON}, or run without coverage.`,
        ),
    )
    return made.before
  }
  const isAskedFor = isCovered(options) && options.instrument !== true
  const template = file.marked && templateOf(output, made, file)
  const counted = instrumentOutput(source, { ...output, ...template, isAskedFor }, file.calls)
  if (counted && file.marked && !template) noteTemplate(source)
  return counted ?? made.before
}

/** A file in front of our counters. */
interface Made {
  readonly compiled: TransformResult
  /** With those of Istanbul. */
  readonly before: TransformResult
}

function madeOf(
  result: TransformResult,
  { base, canInstrument, isCompiled, options, path }: CompiledFile,
): Made {
  const compiled = withMap(result)
  const isOurs = options.instrument === true && !canInstrument
  const before = isOurs ? countForIstanbul({ result: compiled, path, options, base, isCompiled }) : compiled
  return { compiled, before }
}

function outputOf(made: Made, file: CompiledFile): Omit<Output, 'isAskedFor'> | undefined {
  const { code } = made.before
  const map = mapOf(made)
  if (!map) return undefined
  const unmapped = file.unmapped && madeOf(file.unmapped, file)
  const other = unmapped && mapOf(unmapped)
  const toDisk = other
    ? mapForLines({ code: unmapped.before.code, map: mapToDisk(unmapped, other) }, code)
    : mapToDisk(made, map)
  return { code, map, toDisk }
}

/** The map with the places of a template; undefined where they are not known. */
function templateOf(
  { code, toDisk }: Pick<Output, 'code' | 'toDisk'>,
  { before, compiled }: Made,
  { marked, source }: CompiledFile,
): Pick<Output, 'toDisk'> | undefined {
  if (!marked || !source || before !== compiled) return undefined
  const map = mapWithTemplate(toDisk, { code, marked, text: source.text })
  return map && { toDisk: map }
}

function mapOf({ before }: Made): RawMap | undefined {
  return parsed(withMap(before).map)
}

function mapToDisk({ before, compiled }: Made, map: RawMap): RawMap {
  const first = parsed(compiled.map)
  // Babel reads a map that stands in the code it is given, and its own leads to the file on disk then.
  const isChained = before === compiled || !first || inlineMapOf(compiled.code) !== undefined
  return isChained ? map : chained(map, first)
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
