import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as zlib from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { compressedPieces, piecesNow, piecesOf } from '../../src/counts-file/compression.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tstrace-compression-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const hasZstd = 'zstdCompressSync' in zlib
const NAMES = ['a.counts', 'a.counts.gz', ...(hasZstd ? ['a.counts.zst'] : [])]

function write(name: string, bytes: Uint8Array): string {
  const file = join(folder, name)
  writeFileSync(file, bytes)
  return file
}

function compressed(name: string, text: Uint8Array): Buffer {
  const pieces = [...compressedPieces(name, [Buffer.from(text).toString('latin1')])]
  return Buffer.concat(pieces.map((piece) => Buffer.from(piece as string)))
}

function contentOf(file: string): Buffer {
  return Buffer.concat([...piecesNow(file)])
}

async function read(file: string): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of piecesOf(file)) pieces.push(Uint8Array.from(piece))
  return Buffer.concat(pieces)
}

/** Reads a file in both ways, which must refuse it with the same code; gives one message. */
async function refusal(file: string, code: string): Promise<string> {
  expect(() => contentOf(file)).toThrow(expect.objectContaining({ name: 'TstraceError', code }))
  const error = await read(file).then(
    () => undefined,
    (thrown: Error) => thrown,
  )
  expect(error).toMatchObject({ name: 'TstraceError', code, message: expect.stringContaining(file) })
  return error?.message ?? ''
}

function openFiles(): number {
  return readdirSync('/proc/self/fd').length
}

describe.each(NAMES)('%s', (name) => {
  const text = Buffer.from('counts\n'.repeat(200_000))

  test('what is written is read, at once and in pieces', async () => {
    const file = write(name, compressed(name, text))
    expect(text.equals(contentOf(file))).toBe(true)
    expect(text.equals(await read(file))).toBe(true)
  })

  test('nothing is read as nothing, if that is what was written', async () => {
    const file = write(name, compressed(name, new Uint8Array()))
    expect(contentOf(file)).toHaveLength(0)
    expect(await read(file)).toHaveLength(0)
  })

  test('a file that is not there', async () => {
    expect(await refusal(join(folder, name), 'TST_CANNOT_READ')).toContain('ENOENT')
  })

  test('a folder', async () => {
    mkdirSync(join(folder, name))
    expect(await refusal(join(folder, name), 'TST_CANNOT_READ')).toContain('it is not a regular file')
  })

  test.skipIf(process.platform === 'win32')('what has no end', async () => {
    execFileSync('mkfifo', [join(folder, `pipe.${name}`)])
    symlinkSync('/dev/zero', join(folder, `zero.${name}`))
    for (const what of ['pipe', 'zero'])
      expect(await refusal(join(folder, `${what}.${name}`), 'TST_CANNOT_READ')).toContain(
        'not a regular file',
      )
  })

  test.skipIf(process.platform !== 'linux')('who stops reading leaves no file open', async () => {
    const file = write(name, compressed(name, Buffer.alloc(3_000_000, 'a\n')))
    const before = openFiles()
    for (let i = 0; i < 5; i++) {
      for await (const piece of piecesOf(file)) if (piece.length > 0) break
    }
    await expect.poll(openFiles, { timeout: 30_000 }).toBeLessThanOrEqual(before)
  })
})

describe.each(NAMES.slice(1))('%s', (name) => {
  const whole = compressed(name, Buffer.from('counts\n'.repeat(100)))

  test.each([
    ['cut off', whole.subarray(0, -5)],
    ['empty', new Uint8Array()],
    ['something else', Buffer.from('tstrace-counts\t1\n')],
  ])('%s: it is damaged', async (_, bytes) => {
    expect(await refusal(write(name, bytes), 'TST_COUNTS_DAMAGED')).toContain('cannot be decompressed')
  })

  test('frames one after the other are read as one text, wherever they end', async () => {
    const [one, other] = [Buffer.from('one\n'.repeat(100_000)), Buffer.from('other\n')]
    const frames = Buffer.concat(
      [one, other, Buffer.alloc(0), one, other].map((text) => compressed(name, text)),
    )
    const file = write(name, frames)
    const expected = Buffer.concat([one, other, one, other])
    expect(expected.equals(contentOf(file))).toBe(true)
    expect(expected.equals(await read(file))).toBe(true)
  })

  test.each([
    ['zeros', Buffer.alloc(5)],
    ['something else', Buffer.from('something else')],
    ['one byte', Buffer.from('x')],
    ['a frame that is cut off', whole.subarray(0, -5)],
    ['the beginning of a frame', whole.subarray(0, 2)],
  ])('behind the first frame, %s: it is damaged', async (_, behind) => {
    const bytes = Buffer.concat([whole, behind])
    expect(await refusal(write(name, bytes), 'TST_COUNTS_DAMAGED')).toContain('cannot be decompressed')
  })

  test('frames without end, of nothing, keep nobody busy', async () => {
    const nothing = compressed(name, new Uint8Array())
    const bytes = Buffer.concat(Array.from({ length: 9_990 }, () => nothing))
    const file = write(name, bytes)
    // Those of gzip are passed over by zlib itself.
    if (name.endsWith('.gz')) expect(contentOf(file)).toHaveLength(0)
    else expect(await refusal(file, 'TST_COUNTS_DAMAGED')).toMatch(/in more than \d{3} parts/)
  })

  test('a bomb is left before it has grown', async () => {
    const file = write(name, compressed(name, Buffer.alloc(60_000_000)))
    expect(await refusal(file, 'TST_COUNTS_DAMAGED')).toMatch(/more than \d{8} /)
    let length = 0
    await expect(
      (async () => {
        for await (const piece of piecesOf(file)) length += piece.length
      })(),
    ).rejects.toThrow()
    expect(length).toBeLessThan(30_000_000)
  })
})

test.skipIf(!hasZstd)('what a frame of Zstandard lets one skip is skipped', async () => {
  const skipped = Buffer.concat([Buffer.from('502a4d1803000000', 'hex'), Buffer.from('abc')])
  const frame = compressed('a.zst', Buffer.from('counts\n'))
  const file = write('a.zst', Buffer.concat([skipped, frame, skipped, frame, skipped]))
  expect(contentOf(file).toString()).toBe('counts\ncounts\n')
  expect((await read(file)).toString()).toBe('counts\ncounts\n')
})

test.skipIf(hasZstd)('where Node has no Zstandard, that is said', async () => {
  expect(await refusal(write('a.zst', new Uint8Array()), 'TST_COUNTS_COMPRESSION')).toContain('22.15')
})
