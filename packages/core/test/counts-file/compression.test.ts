import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as zlib from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { compressed, contentOf, piecesOf } from '../../src/counts-file/compression.ts'

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

async function read(file: string): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of piecesOf(file)) pieces.push(piece)
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
    expect(await refusal(join(folder, name), 'TST_CANNOT_READ')).toContain('it is no regular file')
  })

  test.skipIf(process.platform === 'win32')('what has no end', async () => {
    execFileSync('mkfifo', [join(folder, `pipe.${name}`)])
    symlinkSync('/dev/zero', join(folder, `zero.${name}`))
    for (const what of ['pipe', 'zero'])
      expect(await refusal(join(folder, `${what}.${name}`), 'TST_CANNOT_READ')).toContain('no regular file')
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

test.skipIf(hasZstd)('where Node has no Zstandard, that is said', async () => {
  expect(await refusal(write('a.zst', new Uint8Array()), 'TST_COUNTS_COMPRESSION')).toContain('22.15')
})
