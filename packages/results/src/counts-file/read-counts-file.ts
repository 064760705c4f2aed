import { TstraceError } from '../errors.ts'
import { CoverageResults } from '../results/coverage-results.ts'
import { Damage } from '../results/damage.ts'
import { type CallEdge, eventLoop } from '../results/results-data.ts'
import { piecesNow, sizeOf } from './compression.ts'
import { keysOf, noteContexts } from './counts-contexts.ts'
import type { TextOf } from './counts-lines.ts'
import { CountsParser, damaged } from './counts-parser.ts'
import type { LabelledResults } from './labelled-results.ts'
import type { RawRecord } from './raw-record.ts'
import { CallsReader, RecordReader } from './read-record.ts'
import { TextRoom, TextsByPath } from './recorded-texts.ts'
import type { RunsHead } from './run-record.ts'

/** A counts file in memory. */
export interface CountsData {
  readonly head: RunsHead
  readonly counted: LabelledResults
  /** Default: no text is to be had. */
  readonly textOf?: TextOf
}

/**
 * Reads a counts file whole. It may come from anybody: nothing in it is used before everything is checked.
 *
 * @throws TstraceError `TST_CANNOT_READ`, `TST_COUNTS_DAMAGED`, `TST_COUNTS_FOREIGN`, `TST_COUNTS_NEWER` or
 * `TST_COUNTS_COMPRESSION`
 */
export function readCountsFile(file: string): CountsData {
  return readCounts(piecesNow(file), file, new TextRoom(sizeOf(file)))
}

/**
 * Reads the bytes of a counts file.
 *
 * @param file its name, for messages
 * @param room for its texts. Default: there is room
 * @throws TstraceError as `readCountsFile`
 */
export function readCounts(pieces: Iterable<Uint8Array>, file: string, room?: TextRoom): CountsData {
  const parser = new CountsParser(file)
  const counted = new Map<string, CoverageResults>()
  const texts = new TextsByPath()
  const calls = new CallsReader()
  let reader = new RecordReader()
  let path = ''
  let keys: readonly string[] = []
  for (const piece of pieces)
    for (const record of parser.push(piece)) {
      if (keys.length === 0) keys = keysOf(parser.head?.contexts ?? [])
      if (record.path !== path) reader = new RecordReader()
      path = record.path
      addRecord(record, { calls, counted, file, keys, reader, room, texts })
    }
  const head = parser.end()
  noteContexts(head.contexts, counted)
  return { head, counted, textOf: (version) => texts.of(version) }
}

/** Where the counts of a record go. */
export interface RecordDestination {
  readonly counted: Map<string, CoverageResults>
  readonly texts: TextsByPath
  /** For the texts of this file. Default: there is room. */
  readonly room?: TextRoom | undefined
  /** Of this path. */
  readonly reader: RecordReader
  /** Of this file. */
  readonly calls: CallsReader
  /** Of the contexts of this file, by their numbers. */
  readonly keys: readonly string[]
  /** Name of the file, for messages. */
  readonly file: string
  /** Whether contexts are read, and checked, when somebody asks for them. Default: at once. */
  readonly isLazy?: boolean
  /** Gives the path of a caller as it is to be; undefined where it can have none. Default: as it is. */
  readonly rebase?: (path: string) => string | undefined
}

/** @throws TstraceError `TST_COUNTS_DAMAGED`, `TST_COUNTS_TOO_LARGE` */
export function addRecord(record: RawRecord, destination: RecordDestination): void {
  const { file, reader, room, texts } = destination
  guarded(file, () => {
    if (record.kind === 'text') texts.add(record.path, reader.text(record, room))
    else if (record.kind === 'source') addSource(record, destination)
    else addCalls(record, destination)
  })
}

function addSource(record: RawRecord, { counted, file, isLazy, keys, reader }: RecordDestination): void {
  const results = resultsOf(record, counted)
  const source = reader.source(record, isLazy ? (read) => guarded(file, read) : undefined)
  const entry = results.addSource(source)
  // What the reader gives holds until it reads the next one.
  const read = reader.contexts(record, isLazy ? entry.counts : source.counts, keys)
  if (read) results.recorded.addSourceLater(entry, isLazy ? () => guarded(file, read) : readNow(read))
}

function addCalls(
  record: RawRecord,
  { calls, counted, file, isLazy, keys, reader, rebase }: RecordDestination,
): void {
  const results = resultsOf(record, counted)
  const edges = calls.edges(record)
  const pairs = rebase ? edges.map((edge) => rebased(edge, rebase)) : edges
  for (const pair of pairs) if (pair) results.addEdge(pair)
  const sums = edges.flatMap((edge) => [edge.calls, edge.resumptions])
  const read = reader.contexts(record, sums, keys)
  if (!read) return
  const counts = isLazy ? () => guarded(file, read) : readNow(read)
  results.recorded.addEdgesLater(record.path, () => ({ counts: counts(), pairs }))
}

function readNow<Value>(read: () => Value): () => Value {
  const value = read()
  return () => value
}

function resultsOf({ label }: RawRecord, counted: Map<string, CoverageResults>): CoverageResults {
  const results = counted.get(label) ?? new CoverageResults()
  counted.set(label, results)
  return results
}

function guarded<Value>(file: string, action: () => Value): Value {
  try {
    return action()
  } catch (error) {
    if (error instanceof Damage) throw damaged(file, error.message, error)
    // What is read later is read below what reads something else.
    if (error instanceof TstraceError && !error.message.startsWith(file))
      error.message = `${file}: ${error.message}`
    throw error
  }
}

function rebased(edge: CallEdge, rebase: (path: string) => string | undefined): CallEdge | undefined {
  const { path, name } = edge.caller
  if (path === eventLoop.path) return edge
  const place = rebase(path)
  return place === undefined ? undefined : { ...edge, caller: { path: place, name } }
}
