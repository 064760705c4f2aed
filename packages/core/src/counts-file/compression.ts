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

/**
 * Counts compress ten times, at best eighty, where nothing ran and all sources are alike. What grows more than this is
 * made to fill the memory.
 */
const MOST_GROWTH = 200
const ALWAYS_ALLOWED = 2 ** 24

/**
 * The contents of a counts file, decompressed, piece by piece.
 *
 * @throws TstraceError `TST_CANNOT_READ`, `TST_COUNTS_COMPRESSION` or `TST_COUNTS_DAMAGED`
 */
export async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
  const { size } = statOf(file)
  const compression = compressionOf(file)
  if (compression === 'none') {
    yield* passing(plainPieces(file), file)
    return
  }
  const bytes = createReadStream(file, { highWaterMark: PIECE })
  const decompressor: Transform =
    compression === 'gzip'
      ? zlib.createGunzip({ chunkSize: PIECE })
      : zstd(file).createZstdDecompress({ chunkSize: PIECE })
  // Closes the file, too, when nobody wants the rest. Errors come to whoever reads.
  pipeline(bytes, decompressor, () => {})
  let length = 0
  for await (const piece of passing(decompressor, file)) {
    length += piece.length
    if (length > mostOf(size)) throw tooLarge(file, size)
    yield piece
  }
}

/** Not as a stream, which takes longer to hand a piece over than a disk to read it. */
function* plainPieces(file: string): Generator<Uint8Array> {
  yield* piecesOfOpened(openRegular(file))
}

/** As `piecesOf`, at once. */
export function contentOf(file: string): Uint8Array {
  statOf(file)
  let bytes: Uint8Array
  try {
    bytes = Buffer.concat([...plainPieces(file)])
  } catch (error) {
    throw cannotReadCounts(file, error)
  }
  return decompressed(file, bytes)
}

function decompressed(file: string, bytes: Uint8Array): Uint8Array {
  const compression = compressionOf(file)
  if (compression === 'none') return bytes
  const options = { maxOutputLength: mostOf(bytes.length) }
  try {
    return compression === 'gzip'
      ? zlib.gunzipSync(bytes, options)
      : zstd(file).zstdDecompressSync(bytes, options)
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? tooLarge(file, bytes.length)
      : unreadable(file, error)
  }
}

/** Text as the bytes of a file of this name. */
export function compressed(file: string, text: Uint8Array): Uint8Array {
  const compression = compressionOf(file)
  if (compression === 'none') return text
  return compression === 'gzip' ? zlib.gzipSync(text) : zstd(file).zstdCompressSync(text)
}

/** What compresses the text of a file of this name as it comes; undefined for a plain one. */
export function compressorOf(file: string): Transform | undefined {
  const compression = compressionOf(file)
  if (compression === 'none') return undefined
  return compression === 'gzip' ? zlib.createGzip() : zstd(file).createZstdCompress()
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

function mostOf(size: number): number {
  return ALWAYS_ALLOWED + size * MOST_GROWTH
}

function tooLarge(file: string, size: number): TstraceError {
  const message = `${file} grows from ${size} to more than ${mostOf(size)} bytes, which is not read: it may be made to fill the disk.`
  return new TstraceError('TST_COUNTS_DAMAGED', `${message} If it is yours, decompress it and give that.`)
}
