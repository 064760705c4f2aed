import { TstraceError } from '../errors.ts'
import { checkSiteTable } from './check-site-table.ts'
import { countOf, Damage, fieldsOf, isWhole, listOf, shown, textOf } from './damage.ts'
import { unpackSiteTable } from './packed-site-table.ts'
import {
  type CallEdge,
  eventLoop,
  type FunctionReference,
  type ResultsData,
  type SourceCounts,
} from './results-data.ts'
import { countsPerPlace, resultsFormat, resultsVersion } from './results-document.ts'
import { isSameValue } from './same-value.ts'
import { isEventLoop, isHash } from './sound-counts.ts'
import { pathProblem } from './source-path.ts'

/** How a results file is read. */
export interface ReadOptions {
  /** Name of the file, for messages. */
  readonly file?: string
  /** Accept sources whose path starts with `../`: outside the project root, as monorepos have them. */
  readonly allowOutside?: boolean
}

/**
 * Reads the text or the value of a results file into data for `new CoverageResults`.
 * The contents may come from anybody: every value is checked before it is used.
 *
 * @throws TstraceError `TST_RESULTS_DAMAGED`, `TST_RESULTS_FOREIGN`, `TST_RESULTS_NEWER` or `TST_RESULTS_PATH`.
 */
export function readResults(input: unknown, options: ReadOptions): ResultsData {
  const file = options.file ?? 'The results file'
  const value = typeof input === 'string' ? parse(input, file) : input
  checkFormat(value, file)
  try {
    return readDocument(value, file, options.allowOutside ?? false)
  } catch (error) {
    if (!(error instanceof Damage)) throw error
    throw damaged(file, error.message, error)
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw damaged(file, `it is not JSON (${(error as Error).message})`, error)
  }
}

function checkFormat(value: unknown, file: string): void {
  const { format, version } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >
  if (format !== resultsFormat) {
    const message = `${file} is not a tstrace results file: its "format" is ${shown(format)}, not "${resultsFormat}".`
    throw new TstraceError('TST_RESULTS_FOREIGN', `${message} Give a file that tstrace wrote.`)
  }
  if (!isWhole(version, 1)) throw damaged(file, `its version is ${shown(version)}`)
  if (version > resultsVersion) {
    const message = `${file} has version ${version} of the results format; this tstrace reads up to ${resultsVersion}.`
    throw new TstraceError(
      'TST_RESULTS_NEWER',
      `${message} Read it with the tstrace that wrote it, or a later one.`,
    )
  }
}

function damaged(file: string, problem: string, cause?: unknown): TstraceError {
  const message = `${file} is damaged: ${problem}. Nothing of it was used; delete it or make it again.`
  return new TstraceError('TST_RESULTS_DAMAGED', message, { cause })
}

function readDocument(value: unknown, file: string, allowOutside: boolean): ResultsData {
  const document = fieldsOf(value, 'the document', ['format', 'version', 'sources', 'edges'])
  const checkPath = (path: string, where: string): string => {
    const problem = pathProblem(path, allowOutside)
    if (problem === undefined) return path
    const message = `${file}: ${where}, ${shown(path)}, ${problem}.`
    throw new TstraceError(
      'TST_RESULTS_PATH',
      `${message} Paths in a results file are relative to the project root.`,
    )
  }
  const sources = listOf(document.sources, 'sources').map((item, i) =>
    readSource(item, `sources[${i}]`, checkPath),
  )
  const edges = listOf(document.edges, 'edges').map((item, i) => readEdge(item, `edges[${i}]`, checkPath))
  refuseDoubles(sourceKeysOf(sources), 'sources')
  refuseDoubles(
    edges.map(({ caller, callee }) => JSON.stringify([caller.path, caller.name, callee.path, callee.name])),
    'edges',
  )
  return { sources, edges }
}

type CheckPath = (path: string, where: string) => string

const sourceKeys = ['path', 'hash', 'lines', 'missing', 'functions', 'counts', 'sites'] as const

function readSource(value: unknown, where: string, checkPath: CheckPath): SourceCounts {
  const record = fieldsOf(value, where, sourceKeys)
  const path = checkPath(textOf(record.path, `${where}.path`), `${where}.path`)
  const hash = textOf(record.hash, `${where}.hash`)
  if (!isHash(hash)) throw new Damage(`${where}.hash`, `is not a hash: ${shown(hash)}`)
  const counts = readCounts(record.counts, `${where}.counts`)
  const packed = checkSiteTable(record.sites, `${where}.sites`, counts.length)
  const sites = unpackSiteTable(packed, counts.length)
  const source = { path, hash, sites, counts }
  checkDerived(record, source, where)
  return source
}

function readCounts(value: unknown, where: string): Float64Array {
  const counts = listOf(value, where)
  const wrong = counts.findIndex((count) => !isWhole(count, 0))
  if (wrong >= 0) countOf(counts[wrong], `${where}[${wrong}]`)
  return Float64Array.from(counts as readonly number[])
}

/** Lines, missing lines and functions stand in the file for its readers; they must say what the counters say. */
function checkDerived(record: Readonly<Record<string, unknown>>, source: SourceCounts, where: string): void {
  for (const [key, expected] of Object.entries(countsPerPlace(source))) {
    if (!isSameValue(record[key], expected)) {
      throw new Damage(`${where}.${key}`, `does not agree with the counts of ${source.path}`)
    }
  }
}

function readEdge(value: unknown, where: string, checkPath: CheckPath): CallEdge {
  const record = fieldsOf(value, where, ['caller', 'callee', 'calls', 'resumptions'])
  return {
    caller: readCaller(record.caller, `${where}.caller`, checkPath),
    callee: readFunction(record.callee, `${where}.callee`, checkPath),
    calls: countOf(record.calls, `${where}.calls`),
    resumptions: countOf(record.resumptions, `${where}.resumptions`),
  }
}

function readCaller(value: unknown, where: string, checkPath: CheckPath): FunctionReference {
  const { path, name } = fieldsOf(value, where, ['path', 'name'])
  const isLoop = isEventLoop({ path, name } as FunctionReference)
  return isLoop ? eventLoop : readFunction(value, where, checkPath)
}

function readFunction(value: unknown, where: string, checkPath: CheckPath): FunctionReference {
  const { path, name } = fieldsOf(value, where, ['path', 'name'])
  return {
    path: checkPath(textOf(path, `${where}.path`), `${where}.path`),
    name: textOf(name, `${where}.name`),
  }
}

/** The same text is there twice only with two site tables, so that tables are compared only then. */
function sourceKeysOf(sources: readonly SourceCounts[]): string[] {
  const texts = sources.map(({ path, hash }) => JSON.stringify([path, hash]))
  const seen = new Set<string>()
  const several = new Set(texts.filter((text) => seen.has(text) || !seen.add(text)))
  return texts.map((text, i) => (several.has(text) ? text + JSON.stringify(sources[i]?.sites) : text))
}

function refuseDoubles(keys: readonly string[], where: string): void {
  const seen = new Set<string>()
  keys.forEach((key, i) => {
    if (seen.has(key)) throw new Damage(`${where}[${i}]`, 'is there twice')
    seen.add(key)
  })
}
