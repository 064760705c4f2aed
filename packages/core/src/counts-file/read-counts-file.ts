import { CoverageResults } from '../results/coverage-results.ts'
import { Damage } from '../results/damage.ts'
import { type CallEdge, eventLoop } from '../results/results-data.ts'
import { contentOf } from './compression.ts'
import type { LabelledResults } from './counts-lines.ts'
import { type CountsHead, CountsParser, damaged } from './counts-parser.ts'
import type { RawRecord } from './raw-record.ts'
import { RecordReader, readEdges } from './read-record.ts'

/** A counts file in memory. */
export interface CountsData {
  readonly head: CountsHead
  readonly counted: LabelledResults
}

/**
 * Reads a counts file whole. It may come from anybody: nothing in it is used before everything is checked.
 *
 * @throws TstraceError `TST_CANNOT_READ`, `TST_COUNTS_DAMAGED`, `TST_COUNTS_FOREIGN`, `TST_COUNTS_NEWER` or
 * `TST_COUNTS_COMPRESSION`
 */
export function readCountsFile(file: string): CountsData {
  return readCounts(contentOf(file), file)
}

/**
 * Reads the bytes of a counts file.
 *
 * @param file its name, for messages
 * @throws TstraceError as `readCountsFile`
 */
export function readCounts(bytes: Uint8Array, file: string): CountsData {
  const parser = new CountsParser(file)
  const records = parser.push(bytes)
  const head = parser.end()
  const counted = new Map<string, CoverageResults>()
  let reader = new RecordReader()
  let path = ''
  for (const record of records) {
    if (record.path !== path) reader = new RecordReader()
    path = record.path
    addRecord(record, { counted, file, reader })
  }
  return { head, counted }
}

/** Where the counts of a record go. */
export interface RecordDestination {
  readonly counted: Map<string, CoverageResults>
  /** Of this path. */
  readonly reader: RecordReader
  /** Name of the file, for messages. */
  readonly file: string
  /** Gives the path of a caller as it is to be. Default: as it is. */
  readonly rebase?: (path: string) => string
}

/** @throws TstraceError `TST_COUNTS_DAMAGED`, `TST_COUNTS_TOO_LARGE` */
export function addRecord(record: RawRecord, { counted, file, reader, rebase }: RecordDestination): void {
  const results = counted.get(record.label) ?? new CoverageResults()
  counted.set(record.label, results)
  try {
    if (record.kind === 'source') results.addSource(reader.source(record))
    else for (const edge of readEdges(record)) results.addEdge(rebase ? rebased(edge, rebase) : edge)
  } catch (error) {
    throw error instanceof Damage ? damaged(file, error.message, error) : error
  }
}

function rebased(edge: CallEdge, rebase: (path: string) => string): CallEdge {
  const { path, name } = edge.caller
  return path === eventLoop.path ? edge : { ...edge, caller: { path: rebase(path), name } }
}
