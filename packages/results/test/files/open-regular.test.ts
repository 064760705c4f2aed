import { closeSync, fstatSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type OpenFile, openRegular, piecesAhead } from '../../src/files/open-regular.ts'

const folder = mkdtempSync(join(tmpdir(), 'open-regular-'))
afterAll(() => rmSync(folder, { recursive: true }))

const PIECE = 2 ** 18

/** One whose every byte says where it is. */
function written(length: number): { bytes: Buffer; file: string } {
  const bytes = Buffer.from(Uint8Array.from({ length }, (_, at) => at % 251))
  const file = join(folder, `${length}`)
  writeFileSync(file, bytes)
  return { bytes, file }
}

async function contentOf(file: OpenFile): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of piecesAhead(file)) pieces.push(Uint8Array.from(piece))
  return Buffer.concat(pieces)
}

test.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])(
  'what is read ahead is all of %i bytes, in their order',
  async (length) => {
    const { bytes, file } = written(length)
    expect((await contentOf(openRegular(file))).equals(bytes)).toBe(true)
  },
)

test('no more is read ahead than was there when the file was opened', async () => {
  const { bytes, file } = written(2 * PIECE)
  const opened = { ...openRegular(file), size: PIECE + 10 }
  expect((await contentOf(opened)).equals(bytes.subarray(0, PIECE + 10))).toBe(true)
})

test('the file is closed at the end, and where nobody wants the rest', async () => {
  const { file } = written(3 * PIECE)
  const [whole, left] = [openRegular(file), openRegular(file)]
  await contentOf(whole)
  expect(() => fstatSync(whole.descriptor)).toThrow('EBADF')
  for await (const piece of piecesAhead(left)) if (piece.length > 0) break
  expect(() => fstatSync(left.descriptor)).toThrow('EBADF')
})

test('what the system says of reading is thrown, and the file is closed', async () => {
  const descriptor = openSync(folder, 'r')
  await expect(contentOf({ descriptor, size: 1 })).rejects.toThrow('EISDIR')
  expect(() => closeSync(descriptor)).toThrow('EBADF')
})
