import { type OpenFile, openRegular, piecesOfOpened } from './open-regular.ts'

const { closeSync, readSync } = process.getBuiltinModule('node:fs')

/** Bytes that a source may have: several times as many as the largest bundles. */
const LARGEST = 2 ** 26

/** Nearly all sources are smaller than this: to read one takes no memory but that of its text. */
const SMALL = 2 ** 18

/** For the bytes of small ones. */
let room: Buffer | undefined

/**
 * The text of a source as it is on disk, with the byte order mark that it may begin with.
 *
 * @throws what the operating system says; an error that says in a few words that it is not a regular file or too large
 */
export function readSource(path: string): string {
  const file = openSource(path)
  if (file.size > SMALL) return bytesOf(file).toString('utf8')
  room ??= Buffer.allocUnsafeSlow(SMALL)
  return room.toString('utf8', 0, readInto(room, file))
}

/** As `readSource`, as bytes. */
export function readBytes(path: string): Buffer {
  return bytesOf(openSource(path))
}

function openSource(path: string): OpenFile {
  const file = openRegular(path)
  if (file.size <= LARGEST) return file
  closeSync(file.descriptor)
  throw new Error(`it is larger than ${LARGEST / 2 ** 20} MiB`)
}

function bytesOf(file: OpenFile): Buffer {
  const [first, ...others] = piecesOfOpened(file)
  return first && others.length === 0 ? first : Buffer.concat([...(first ? [first] : []), ...others])
}

/** @returns how many bytes there are; not more than it had when it was opened */
function readInto(bytes: Buffer, { descriptor, size }: OpenFile): number {
  try {
    let read = 0
    for (let more = 1; read < size && more > 0; read += more)
      more = readSync(descriptor, bytes, read, size - read, null)
    return read
  } finally {
    closeSync(descriptor)
  }
}
