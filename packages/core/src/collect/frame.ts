import type { Counted, CountedEdge, CountedSource } from './counted.ts'
import { OwnMap } from './own-map.ts'

/** Where something was counted. */
export interface FrameLabel {
  /** Absolute path of the test file, or '' where there is none. */
  readonly testFile: string
  /** Name of the runner's project, or ''. */
  readonly project: string
}

/** What a worker counted between two flushes. */
export interface Frame extends Counted {
  readonly label: FrameLabel
}

/*
 * A frame on disk: `TST1`, two unsigned 32-bit little-endian lengths, a JSON header, then the counts of each source
 * one after the other in the narrowest of 1, 2, 4 or 8 bytes (the last as doubles) that holds them all.
 * A worker appends frames to its own file; a killed worker leaves at most one incomplete frame at the end.
 */
const MAGIC = 0x31545354
const PREFIX_BYTES = 12

interface Header {
  readonly label: FrameLabel
  readonly ids: readonly string[]
  /** One row per source: index into ids, path, bytes per count, number of counts, table. */
  readonly sources: readonly (readonly [number, string, number, number, string?])[]
  /** One row per edge: caller's index into ids or -1, its function, callee's, its function, calls, resumptions. */
  readonly edges: readonly (readonly [number, number, number, number, number, number])[]
  readonly problems?: readonly string[]
}

/*
 * What writes frames runs beside the user's tests, as `drain.ts` does: copies of everything used, and no method of an array.
 * The header is put together here, since `JSON.stringify` asks arrays and objects for a `toJSON`.
 */
const { DataView: View, Float64Array: Doubles, Uint8Array: Bytes } = globalThis
const { Uint16Array: Shorts, Uint32Array: Longs } = globalThis
const encoder = new globalThis.TextEncoder()
const encode = encoder.encode.bind(encoder)
const { parse, stringify } = JSON
const { apply } = Reflect
const { setUint32 } = View.prototype
const { set } = Bytes.prototype

/** One frame as bytes to append to a worker's file. */
export function encodeFrame(counted: Counted, label: FrameLabel): Uint8Array {
  const { edges, sources } = counted
  const payloads: Uint8Array[] = []
  let size = 0
  for (let at = 0; at < sources.length; at++) {
    const payload = narrow((sources[at] as CountedSource).counts)
    payloads[at] = payload
    size += payload.length
  }
  const places = new Places()
  const head = encode(
    `{"label":{"testFile":${stringify(label.testFile)},"project":${stringify(label.project)}},` +
      `"problems":${list(counted.problems ?? [], quoted)},` +
      `"sources":${list(sources, (source, at) => sourceRow(source, payloads[at] as Uint8Array, places))},` +
      `"edges":${list(edges, (edge) => edgeRow(edge, places))},` +
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
    const payload = payloads[index] as Uint8Array
    apply(set, bytes, [payload, at])
    at += payload.length
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

function sourceRow({ counts, id, path, table }: CountedSource, payload: Uint8Array, places: Places): string {
  const width = counts.length === 0 ? 1 : payload.length / counts.length
  const carried = table === undefined ? '' : `,${stringify(table)}`
  return `[${places.of(id)},${stringify(path)},${width},${counts.length}${carried}]`
}

function edgeRow(edge: CountedEdge, places: Places): string {
  const caller = `${places.of(edge.callerId)},${edge.callerFunction}`
  const callee = `${places.of(edge.calleeId)},${edge.calleeFunction}`
  return `[${caller},${callee},${edge.calls},${edge.resumptions}]`
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
export function decodeFrames(bytes: Uint8Array): { frames: Frame[]; rest: number } {
  const frames: Frame[] = []
  const view = new View(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  while (at + PREFIX_BYTES <= bytes.length && view.getUint32(at, true) === MAGIC) {
    const headEnd = at + PREFIX_BYTES + view.getUint32(at + 4, true)
    const end = headEnd + view.getUint32(at + 8, true)
    if (end > bytes.length) break
    const frame = read(bytes.subarray(at + PREFIX_BYTES, headEnd), bytes.subarray(headEnd, end))
    if (!frame) break
    frames.push(frame)
    at = end
  }
  return { frames, rest: bytes.length - at }
}

/** One frame, or undefined where its bytes are damaged. */
function read(head: Uint8Array, payload: Uint8Array): Frame | undefined {
  try {
    return readFrame(parse(new TextDecoder().decode(head)) as Header, payload)
  } catch {
    return undefined
  }
}

function readFrame({ edges, ids, label, problems, sources }: Header, payload: Uint8Array): Frame {
  let at = 0
  const idAt = (place: number): string => (place < 0 ? '' : (ids[place] as string))
  return {
    label,
    ...(problems?.length && { problems }),
    sources: sources.map(([place, path, width, length, table]): CountedSource => {
      const counts = widen(copyOf(payload, at, width * length), width)
      at += width * length
      return { id: idAt(place), path, counts, ...(table !== undefined && { table }) }
    }),
    edges: edges.map(
      ([caller, callerFunction, callee, calleeFunction, calls, resumptions]): CountedEdge => ({
        callerId: idAt(caller),
        callerFunction,
        calleeId: idAt(callee),
        calleeFunction,
        calls,
        resumptions,
      }),
    ),
  }
}

function narrow(counts: Float64Array): Uint8Array {
  let most = 0
  for (let at = 0; at < counts.length; at++) if ((counts[at] as number) > most) most = counts[at] as number
  if (most < 2 ** 8) return new Bytes(counts)
  const wide = most < 2 ** 16 ? new Shorts(counts) : most < 2 ** 32 ? new Longs(counts) : counts
  return new Bytes(wide.buffer, wide.byteOffset, wide.byteLength)
}

/** A copy with a buffer of its own: `slice` of a Node `Buffer` shares one with the rest of the file. */
function copyOf(bytes: Uint8Array, at: number, length: number): Uint8Array {
  return new Bytes(bytes.subarray(at, at + length))
}

function widen(bytes: Uint8Array, width: number): Float64Array {
  if (width === 1) return new Doubles(bytes)
  if (width === 2) return new Doubles(new Shorts(bytes.buffer))
  return width === 4 ? new Doubles(new Longs(bytes.buffer)) : new Doubles(bytes.buffer)
}
