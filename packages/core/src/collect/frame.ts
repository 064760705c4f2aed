import { MOST_EDGES } from '@tstrace/instrument/runtime'
import type { TestState } from '@tstrace/results'
import type { Counted, CountedEdge, CountedSource } from './counted.ts'
import { edgesOf, type FrameEdges, isComplete, ROW, rowsOf } from './frame-edges.ts'
import { type Numbers, narrow, widen, widthOf } from './narrow-numbers.ts'
import { OwnMap } from './own-map.ts'

/** Where something was counted. */
export interface FrameLabel {
  /** Absolute path of the test file, or '' where there is none. */
  readonly testFile: string
  /** Name of the runner's project, or ''. */
  readonly project: string
  /** What was running, as `RunningContexts` says it; absent where nobody followed that. */
  readonly context?: string | undefined
  /** How the test has ended that `context` is; absent where it has not. */
  readonly state?: TestState | undefined
  /** How other tests have ended since the last frame, as `RunningContexts` says it. */
  readonly ended?: string | undefined
}

/** What a worker counted between two flushes. */
export interface Frame extends Omit<Counted, 'edges' | 'sources'> {
  readonly label: FrameLabel
  readonly sources: readonly FrameSource[]
  readonly edges: FrameEdges
}

/** The same with its calls one by one. */
export interface DecodedFrame extends Omit<Frame, 'edges'>, Pick<Counted, 'edges'> {}

/** The counts of one source as they lie in a frame: what is not among them is zero. */
export interface FrameSource extends Omit<CountedSource, 'counts'> {
  /** How many counters the file has. */
  readonly counters: number
  /** Which counters `counts` speaks of, one after the other. Default: all. */
  readonly places?: Numbers | undefined
  readonly counts: Numbers
}

/*
 * A frame on disk: `TST2`, two unsigned 32-bit little-endian lengths, a JSON header, then the counts of each source
 * one after the other in the narrowest of 1, 2, 4 or 8 bytes (the last as doubles) that holds them all. Where few
 * counters changed, it is the places of those in the narrowest width, and behind them their counts. Then come the rows of edges, all in
 * one width.
 * A worker appends frames to its own file; a killed worker leaves at most one incomplete frame at the end.
 */
const MAGIC = 0x32545354
const PREFIX_BYTES = 12

interface Header {
  readonly label: FrameLabel
  readonly ids: readonly string[]
  readonly sources: readonly SourceRow[]
  /** How many there are, and bytes per number of a row. */
  readonly edges: readonly [number, number]
  readonly problems?: readonly string[]
  readonly losses?: readonly string[]
}

/** Index into ids, path, number of counters, bytes per count, how many counters changed or -1 for all, table. */
type SourceRow = readonly [number, string, number, number, number, string?]

/*
 * What writes frames runs beside the user's tests, as `drain.ts` does: copies of everything used, and no method of an array.
 * The header is put together here, since `JSON.stringify` asks arrays and objects for a `toJSON`.
 */
const { DataView: View, Float64Array: Doubles, Uint8Array: Bytes } = globalThis
const encoder = new globalThis.TextEncoder()
const encode = encoder.encode.bind(encoder)
const { parse, stringify } = JSON
const { apply } = Reflect
const { setUint32 } = View.prototype
const { set } = Bytes.prototype

/** Ids of the sources whose tables are in a file already; the next frames leave them out. */
export type TablesSent = Record<string, true>

/** As `encodeFrame`, in as many frames as it takes: the header of each is one text, which has its limits. */
export function encodeFrames(counted: Counted, label: FrameLabel, sent?: TablesSent): Uint8Array {
  const { edges } = counted
  if (edges.length <= MOST_EDGES) return encodeFrame(counted, label, sent)
  const frames: Uint8Array[] = []
  let length = 0
  for (let from = 0; from < edges.length; from += MOST_EDGES) {
    const some: CountedEdge[] = []
    for (let at = from; at < edges.length && at < from + MOST_EDGES; at++)
      some[at - from] = edges[at] as CountedEdge
    const part = from === 0 ? { ...counted, edges: some } : { sources: [], edges: some }
    const frame = encodeFrame(part, label, sent)
    frames[frames.length] = frame
    length += frame.length
  }
  const bytes = new Bytes(length)
  for (let at = 0, end = 0; at < frames.length; at++) {
    apply(set, bytes, [frames[at], end])
    end += (frames[at] as Uint8Array).length
  }
  return bytes
}

/** One frame as bytes to append to a worker's file. */
export function encodeFrame(counted: Counted, label: FrameLabel, sent?: TablesSent): Uint8Array {
  const { edges, sources } = counted
  const payloads: ChangedCounts[] = []
  let size = 0
  for (let at = 0; at < sources.length; at++) {
    const payload = changedCounts((sources[at] as CountedSource).counts)
    payloads[at] = payload
    size += payload.bytes.length
  }
  const places = new Places()
  const rows = rowsOf(edges, (id) => places.of(id))
  const width = widthOf(largest(rows))
  const calls = narrow(rows, width)
  size += calls.length
  const rowOf = (source: CountedSource, at: number): string =>
    sourceRow(source, payloads[at] as ChangedCounts, { places, sent })
  const head = encode(
    `{"label":${labelText(label)},` +
      `"problems":${list(counted.problems ?? [], quoted)},` +
      `${counted.losses ? `"losses":${list(counted.losses, quoted)},` : ''}` +
      `"sources":${list(sources, rowOf)},` +
      `"edges":[${edges.length},${width}],` +
      `"ids":${list(places.ids, quoted)}}`,
  )
  const bytes = new Bytes(PREFIX_BYTES + head.length + size)
  const view = new View(bytes.buffer)
  apply(setUint32, view, [0, MAGIC, true])
  apply(setUint32, view, [4, head.length, true])
  apply(setUint32, view, [8, size, true])
  apply(set, bytes, [head, PREFIX_BYTES])
  let at = PREFIX_BYTES + head.length
  for (let index = 0; index < payloads.length; index++) {
    const { bytes: payload } = payloads[index] as ChangedCounts
    apply(set, bytes, [payload, at])
    at += payload.length
  }
  apply(set, bytes, [calls, at])
  for (let index = 0; sent && index < sources.length; index++) {
    const { id, table } = sources[index] as CountedSource
    if (table !== undefined) sent[id] = true
  }
  return bytes
}

/** Numbers ids in the order in which they come. */
class Places {
  readonly ids: string[] = []
  readonly #known = new OwnMap<string, number>()

  of(id: string): number {
    if (id === '') return -1
    const known = this.#known.get(id)
    if (known !== undefined) return known
    this.#known.set(id, this.ids.length)
    this.ids[this.ids.length] = id
    return this.ids.length - 1
  }
}

interface RowOptions {
  readonly places: Places
  readonly sent: TablesSent | undefined
}

function sourceRow(source: CountedSource, changed: ChangedCounts, { places, sent }: RowOptions): string {
  const { counts, id, path, table } = source
  const carried = table === undefined || sent?.[id] ? '' : `,${stringify(table)}`
  return `[${places.of(id)},${stringify(path)},${counts.length},${changed.width},${changed.few}${carried}]`
}

function largest(numbers: Float64Array): number {
  let most = 0
  for (let at = 0; at < numbers.length; at++) if ((numbers[at] as number) > most) most = numbers[at] as number
  return most
}

function labelText({ context, ended, project, state, testFile }: FrameLabel): string {
  let text = `"testFile":${stringify(testFile)},"project":${stringify(project)}`
  if (context !== undefined) text += `,"context":${stringify(context)}`
  if (state !== undefined) text += `,"state":"${state}"`
  if (ended !== undefined) text += `,"ended":${stringify(ended)}`
  return `{${text}}`
}

function quoted(text: string): string {
  return stringify(text)
}

function list<Item>(items: readonly Item[], textOf: (item: Item, at: number) => string): string {
  let text = ''
  for (let at = 0; at < items.length; at++) text += (at === 0 ? '' : ',') + textOf(items[at] as Item, at)
  return `[${text}]`
}

/**
 * The frames in a worker's file.
 *
 * @returns `rest`: how many bytes at the end are not a whole frame; 0 for a file that was closed properly
 */
export function decodeFrames(bytes: Uint8Array): { frames: DecodedFrame[]; rest: number } {
  const frames: DecodedFrame[] = []
  const rest = eachFrame(bytes, (frame) => frames.push({ ...frame, edges: edgesOf(frame.edges) }))
  return { frames, rest }
}

/**
 * As `decodeFrames`, with one frame in memory at a time.
 *
 * @returns how many bytes at the end are not a whole frame
 */
export function eachFrame(bytes: Uint8Array, take: (frame: Frame) => void): number {
  const decoder = new TextDecoder()
  const view = new View(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  while (at + PREFIX_BYTES <= bytes.length && view.getUint32(at, true) === MAGIC) {
    const headEnd = at + PREFIX_BYTES + view.getUint32(at + 4, true)
    const end = headEnd + view.getUint32(at + 8, true)
    if (end > bytes.length) break
    const head = decoder.decode(bytes.subarray(at + PREFIX_BYTES, headEnd))
    const frame = read(head, bytes.subarray(headEnd, end))
    if (!frame) break
    take(frame)
    at = end
  }
  return bytes.length - at
}

/** One frame, or undefined where its bytes are damaged. */
function read(head: string, payload: Uint8Array): Frame | undefined {
  try {
    return readFrame(parse(head) as Header, payload)
  } catch {
    return undefined
  }
}

function readFrame({ edges, ids, label, losses, problems, sources }: Header, payload: Uint8Array): Frame {
  let at = 0
  const next = (length: number, width: number): Numbers => {
    const begin = at
    at += length * width
    if (at > payload.length) throw new RangeError('The counts of a frame are not complete.')
    return widen(payload.subarray(begin, at), width)
  }
  const idAt = (place: number): string => (place < 0 ? '' : (ids[place] as string))
  const counted = sources.map(([place, path, counters, width, few, table]): FrameSource => {
    const places = few < 0 ? undefined : next(few, widthOf(counters))
    const counts = next(few < 0 ? counters : few, width)
    return { id: idAt(place), path, counters, places, counts, table }
  })
  const [length, width] = edges
  const calls = { ids, rows: next(length * ROW, width) }
  if (!isComplete(calls)) throw new RangeError('The calls of a frame are not complete.')
  return {
    label,
    ...(problems?.length && { problems }),
    ...(losses?.length && { losses }),
    sources: counted,
    edges: calls,
  }
}

interface ChangedCounts {
  /** How many counters changed, or -1 for all. */
  readonly few: number
  /** Bytes per count. */
  readonly width: number
  readonly bytes: Uint8Array
}

/** The counts of a source in the shorter of two forms: all of them, or those that are not zero with their places. */
function changedCounts(counts: Float64Array): ChangedCounts {
  let changed = 0
  let most = 0
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] as number
    if (count === 0) continue
    changed++
    if (count > most) most = count
  }
  const width = widthOf(most)
  const widthOfPlace = widthOf(counts.length)
  if (changed * (widthOfPlace + width) >= counts.length * width)
    return { few: -1, width, bytes: narrow(counts, width) }
  const places = new Doubles(changed)
  const values = new Doubles(changed)
  for (let at = 0, next = 0; next < changed; at++) {
    if (counts[at] === 0) continue
    places[next] = at
    values[next++] = counts[at] as number
  }
  const bytes = new Bytes(changed * (widthOfPlace + width))
  apply(set, bytes, [narrow(places, widthOfPlace), 0])
  apply(set, bytes, [narrow(values, width), changed * widthOfPlace])
  return { few: changed, width, bytes }
}
