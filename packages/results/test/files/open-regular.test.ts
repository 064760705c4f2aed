import { closeSync, fstatSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type OpenFile, openRegular, piecesOfOpened } from '../../src/files/open-regular.ts'

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

function contentOf(file: OpenFile, room?: Buffer): Buffer {
  return Buffer.concat([...copies(file, room)])
}

function* copies(file: OpenFile, room?: Buffer): Generator<Uint8Array> {
  for (const piece of piecesOfOpened(file, room)) yield Uint8Array.from(piece)
}

test.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7])(
  'what is read are all of %i bytes, in their order, each piece in memory of its own or all in the same',
  (length) => {
    const { bytes, file } = written(length)
    expect(Buffer.concat([...piecesOfOpened(openRegular(file))]).equals(bytes)).toBe(true)
    expect(contentOf(openRegular(file), Buffer.alloc(PIECE)).equals(bytes)).toBe(true)
  },
)

test('no more is read than was there when the file was opened', () => {
  const { bytes, file } = written(2 * PIECE)
  for (const room of [undefined, Buffer.alloc(PIECE)]) {
    const opened = { ...openRegular(file), size: PIECE + 10 }
    expect(contentOf(opened, room).equals(bytes.subarray(0, PIECE + 10))).toBe(true)
  }
})

test('the file is closed at the end, and where nobody wants the rest', () => {
  const { file } = written(3 * PIECE)
  const [whole, left] = [openRegular(file), openRegular(file)]
  contentOf(whole)
  expect(() => fstatSync(whole.descriptor)).toThrow('EBADF')
  for (const piece of piecesOfOpened(left)) if (piece.length > 0) break
  expect(() => fstatSync(left.descriptor)).toThrow('EBADF')
})

test('what the system says of reading is thrown, and the file is closed', () => {
  const descriptor = openSync(folder, 'r')
  expect(() => contentOf({ descriptor, size: 1 })).toThrow('EISDIR')
  expect(() => closeSync(descriptor)).toThrow('EBADF')
})
