import * as fs from 'node:fs'

/*
 * Taken before the program can replace them, and only those that call nothing else: `writeFileSync` calls the `openSync` that
 * is in `node:fs` by then.
 */
const { closeSync, openSync, writeSync } = fs
const { from } = Buffer

/**
 * Writes a file where the program that runs beside us does not see it, even if it watches `node:fs`.
 *
 * @param flag as of `fs.openSync`
 * @throws what Node throws
 */
export function writeUnseen(path: string, content: string | Uint8Array, flag: 'w' | 'wx' | 'a'): void {
  const file = openSync(path, flag)
  try {
    // In one piece, for other processes may append to the file.
    const bytes = typeof content === 'string' ? from(content) : content
    for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
  } finally {
    closeSync(file)
  }
}
