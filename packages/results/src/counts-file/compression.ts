import { createReadStream, type Stats, statSync } from 'node:fs'
import { pipeline, type Transform } from 'node:stream'
import * as zlib from 'node:zlib'
import { TstraceError } from '../errors.ts'
import { cannotRead } from '../files/file-errors.ts'
import { openRegular, piecesOfOpened } from '../files/open-regular.ts'

/** How a counts file is compressed, by the end of its name. */
type Compression = 'none' | 'gzip' | 'zstd'

/** Bytes read at a time. */
const PIECE = 2 ** 18

/** Characters compressed at a time where nothing may wait: each such part is a frame of its own. */
const FRAME = 2 ** 24

/**
 * Nobody is kept busy by frames of nothing: a file has one for each so many bytes, and some more, at most the room for
 * 160 GB.
 */
const BYTES_OF_FRAME = 1000
const FEW_FRAMES = 100
const MOST_FRAMES = 10_000

/**
 * Counts compress ten times, at best eighty, where nothing ran and all sources are alike. What grows more than this is
 * made to fill the memory.
 */
const MOST_GROWTH = 200
const ALWAYS_ALLOWED = 2 ** 24

/**
 * The contents of a counts file, decompressed, piece by piece; each holds until the next one is asked for.
 *
 * @throws TstraceError `TST_CANNOT_READ`, `TST_COUNTS_COMPRESSION` or `TST_COUNTS_DAMAGED`
 */
export async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
  const { size } = statOf(file)
  if (compressionOf(file) === 'none') {
    // New memory for each would have the garbage collector go through everything again and again.
    yield* passing(plainPieces(file, Buffer.allocUnsafeSlow(PIECE)), file)
    return
  }
  let grown = 0
  for (let start = 0, frames = 1; start < size || frames === 1; frames++) {
    refuseFrames(file, frames, size)
    const decompressor = decompressorOf(file)
    const bytes = createReadStream(file, { highWaterMark: PIECE, start })
    // Closes the file, too, when nobody wants the rest. Errors come to whoever reads.
    pipeline(bytes, decompressor, () => {})
    for await (const piece of passing(decompressor, file)) {
      grown += piece.length
      if (grown > mostOf(size)) throw tooLarge(file, size)
      yield piece
    }
    // Where a frame ends within a piece, Node says no more of what is behind it.
    start += decompressor.bytesWritten
  }
}

/** Not as a stream, which takes longer to hand a piece over than a disk to read it. */
function* plainPieces(file: string, room?: Buffer): Generator<Uint8Array> {
  yield* piecesOfOpened(openRegular(file), room)
}

/** As `piecesOf`, at once: what is compressed comes frame by frame. */
export function* piecesNow(file: string): Generator<Uint8Array> {
  const { size } = statOf(file)
  try {
    if (compressionOf(file) === 'none') yield* plainPieces(file)
    else yield* framesOf(file, Buffer.concat([...plainPieces(file)]))
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? tooLarge(file, size)
      : unreadable(file, error)
  }
}

function* framesOf(file: string, bytes: Uint8Array): Generator<Uint8Array> {
  const decompress = compressionOf(file) === 'gzip' ? zlib.gunzipSync : zstd(file).zstdDecompressSync
  let room = mostOf(bytes.length)
  for (let start = 0, frames = 1; start < bytes.length || frames === 1; frames++) {
    refuseFrames(file, frames, bytes.length)
    const options = { info: true, maxOutputLength: Math.max(room, 1) }
    const { buffer, engine } = decompress(bytes.subarray(start), options) as unknown as Informed
    room -= buffer.length
    start += engine.bytesWritten
    yield buffer
  }
}

/** What comes with the option `info`, whatever is declared. */
interface Informed {
  readonly buffer: Uint8Array
  /** Says how much it has read. */
  readonly engine: { readonly bytesWritten: number }
}

/**
 * Text as the bytes of a file of this name.
 *
 * @returns bytes, or text where nothing is compressed
 * @throws TstraceError `TST_COUNTS_COMPRESSION`
 */
export function compressedPieces(file: string, text: Iterable<string>): Iterable<string | Uint8Array> {
  const compression = compressionOf(file)
  if (compression === 'none') return text
  return frames(text, compression === 'gzip' ? zlib.gzipSync : zstd(file).zstdCompressSync)
}

function* frames(text: Iterable<string>, compress: (text: string) => Uint8Array): Generator<Uint8Array> {
  let frame = ''
  for (const piece of text) {
    frame += piece
    if (frame.length < FRAME) continue
    yield compress(frame)
    frame = ''
  }
  yield compress(frame)
}

/** What compresses the text of a file of this name as it comes; undefined for a plain one. */
export function compressorOf(file: string): Transform | undefined {
  const compression = compressionOf(file)
  if (compression === 'none') return undefined
  return compression === 'gzip' ? zlib.createGzip() : zstd(file).createZstdCompress()
}

function decompressorOf(file: string): Transform & { readonly bytesWritten: number } {
  const options = { chunkSize: PIECE }
  return compressionOf(file) === 'gzip'
    ? zlib.createGunzip(options)
    : zstd(file).createZstdDecompress(options)
}

/** Bytes that a counts file has as it is, compressed or not; 0 for one that cannot be read, which whoever reads it says. */
export function sizeOf(file: string): number {
  try {
    return statSync(file).size
  } catch {
    return 0
  }
}

/**
 * A regular file's properties.
 *
 * @throws TstraceError `TST_CANNOT_READ`, also for what has no end, as devices and pipes
 */
function statOf(file: string): Stats {
  let stat: Stats
  try {
    stat = statSync(file)
  } catch (error) {
    throw cannotReadCounts(file, error)
  }
  if (!stat.isFile()) throw cannotReadCounts(file, 'it is not a regular file')
  return stat
}

/** @throws TstraceError `TST_CANNOT_READ` or `TST_COUNTS_DAMAGED` */
async function* passing(
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  file: string,
): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces
  } catch (error) {
    throw unreadable(file, error)
  }
}

function unreadable(file: string, error: unknown): Error {
  const { code = '', message, name } = error as NodeJS.ErrnoException
  if (name === 'TstraceError') return error as Error
  if (!/^(Z_|ZSTD_|ERR_)/.test(code)) return cannotReadCounts(file, error)
  const advice = 'Nothing of it was used; delete it or make it again.'
  return new TstraceError(
    'TST_COUNTS_DAMAGED',
    `${file} is damaged: it cannot be decompressed (${message}). ${advice}`,
    {
      cause: error,
    },
  )
}

function cannotReadCounts(file: string, reason: unknown): TstraceError {
  return cannotRead(
    `the counts file ${file}`,
    reason,
    'Name a counts file that --file or the option `file` has written.',
  )
}

function compressionOf(file: string): Compression {
  if (file.endsWith('.gz')) return 'gzip'
  return file.endsWith('.zst') ? 'zstd' : 'none'
}

function zstd(file: string): typeof zlib {
  if ('createZstdCompress' in zlib) return zlib
  const message = `${file} is compressed with Zstandard, which Node ${process.versions.node} does not know.`
  throw new TstraceError(
    'TST_COUNTS_COMPRESSION',
    `${message} Use Node 22.15 or later, or a name that ends with .gz.`,
  )
}

function refuseFrames(file: string, frames: number, size: number): void {
  const most = Math.min(MOST_FRAMES, FEW_FRAMES + Math.ceil(size / BYTES_OF_FRAME))
  if (frames <= most) return
  const message = `${file} is damaged: its ${size} bytes are compressed in more than ${most} parts.`
  throw new TstraceError('TST_COUNTS_DAMAGED', `${message} If it is yours, decompress it and give that.`)
}

function mostOf(size: number): number {
  return ALWAYS_ALLOWED + size * MOST_GROWTH
}

function tooLarge(file: string, size: number): TstraceError {
  const message = `${file} grows from ${size} to more than ${mostOf(size)} bytes, which is not read: it may be made to fill the disk.`
  return new TstraceError('TST_COUNTS_DAMAGED', `${message} If it is yours, decompress it and give that.`)
}
