import { existsSync } from 'node:fs'
import type { RawMap } from '@tstrace/instrument/maps'
import { sentenceOf } from '@tstrace/results/errors'
import { cannotWrite, replaceFile } from '@tstrace/results/files'
import { noteIn } from '../maps/map-notes.ts'
import { PlainText, plainRanges, type V8Function } from '../maps/plain-ranges.ts'
import { noteProblem } from './worker-problems.ts'

/** What Jest's runtime says about a file when its coverage is V8's. */
interface FileCoverage {
  readonly codeTransformResult?: TransformedFile
  readonly result: { readonly url?: string; readonly functions: readonly V8Function[] }
}

interface TransformedFile {
  readonly code: string
  readonly sourceMapPath: string | null
  /** What stands in front of the code when it runs: Jest 29 wraps it. */
  readonly wrapperLength?: number
}

interface V8Runtime {
  getAllV8CoverageInfoCopy?(): readonly FileCoverage[]
}

/** Makes a runtime give V8's coverage as it would be without counters in the files. */
export function givePlainCoverage(runtime: V8Runtime): void {
  const { getAllV8CoverageInfoCopy } = runtime
  if (!getAllV8CoverageInfoCopy) return
  runtime.getAllV8CoverageInfoCopy = function () {
    return getAllV8CoverageInfoCopy.call(this).map(plainCoverage)
  }
}

function plainCoverage(file: FileCoverage): FileCoverage {
  const { codeTransformResult: transformed, result } = file
  if (!transformed?.sourceMapPath || !existsSync(transformed.sourceMapPath)) return file
  const { code, sourceMapPath, wrapperLength = 0 } = transformed
  const counted = noteIn(sourceMapPath)
  if (counted?.length !== code.length) return file
  const text = new PlainText(code, counted.pieces, wrapperLength)
  let mapPath: string | null
  try {
    mapPath = counted.map && fileOf(counted.map, sourceMapPath)
  } catch (error) {
    noteProblem(
      `The coverage of ${result.url} is that of its text with counters, because a source map cannot be written. ` +
        sentenceOf(cannotWrite(sourceMapPath, error)),
    )
    return file
  }
  return {
    codeTransformResult: { ...transformed, code: text.plain, sourceMapPath: mapPath },
    result: { ...result, functions: plainRanges(result.functions, text) },
  }
}

/** Jest reads the map from a file when all has ended; it stays in Jest's cache, beside the one that ran. */
function fileOf(map: RawMap, beside: string): string {
  const path = `${beside}.plain`
  if (existsSync(path)) return path
  replaceFile(path, JSON.stringify(map))
  return path
}
