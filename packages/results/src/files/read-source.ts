import { openRegular, piecesOfOpened } from './open-regular.ts'

const { closeSync } = process.getBuiltinModule('node:fs')

/** Bytes that a source may have: several times as many as the largest bundles. */
const LARGEST = 2 ** 26

/**
 * The text of a source as it is on disk, with the byte order mark that it may begin with.
 *
 * @throws what the operating system says; an error that says in a few words that it is not a regular file or too large
 */
export function readSource(path: string): string {
  return readBytes(path).toString('utf8')
}

/** As `readSource`, as bytes. */
export function readBytes(path: string): Buffer {
  const file = openRegular(path)
  if (file.size <= LARGEST) {
    const [first, ...others] = piecesOfOpened(file)
    return others.length > 0 ? Buffer.concat([first as Buffer, ...others]) : (first ?? Buffer.alloc(0))
  }
  closeSync(file.descriptor)
  throw new Error(`it is larger than ${LARGEST / 2 ** 20} MiB`)
}
