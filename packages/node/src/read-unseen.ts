import * as fs from 'node:fs'

/* As in `write-unseen`: taken before the program can replace them, and only those that call nothing else. */
const { closeSync, fstatSync, openSync, readSync } = fs
const { alloc } = Buffer

/**
 * Reads a file where the program that runs beside us does not see it, even if it watches `node:fs`.
 *
 * @throws what Node throws
 */
export function readUnseen(path: string): Buffer {
  const file = openSync(path, 'r')
  try {
    const bytes = alloc(fstatSync(file).size)
    let length = 0
    while (length < bytes.length) {
      const read = readSync(file, bytes, length, bytes.length - length, null)
      if (read === 0) break
      length += read
    }
    return bytes.subarray(0, length)
  } finally {
    closeSync(file)
  }
}
