import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { writeFiles, writeFilesSync } from '../../src/files/write-files.ts'
import { temporaryFolder } from '../temporary-folder.ts'

let base: string
let out: string

beforeEach(() => {
  base = temporaryFolder()
  out = join(base, 'coverage/tstrace')
})

function everything(): string[] {
  return readdirSync(base, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(base.length + 1))
    .sort()
}

const forms = [
  ['writeFiles', writeFiles],
  ['writeFilesSync', async (...args: Parameters<typeof writeFilesSync>) => writeFilesSync(...args)],
] as const

describe.each(forms)('%s', (_name, write) => {
  test('writes files with their folders, over old ones, and leaves nothing else', async () => {
    await write(out, [{ path: 'src/a.cover', text: 'old' }])
    await write(out, [
      { path: 'src/a.cover', text: '\ufeffé\u{1f600}\n' },
      { path: 'b.json', text: '' },
    ])
    expect(everything()).toEqual(['coverage/tstrace/b.json', 'coverage/tstrace/src/a.cover'])
    expect(readFileSync(join(out, 'src/a.cover'))).toEqual(Buffer.from('\ufeffé\u{1f600}\n', 'utf8'))
  })

  test.each(['../x', 'a/../../x', '..', '.', '', 'a/..', '/etc/tstrace-test'])(
    'refuses the path %j and writes nothing at all',
    async (path) => {
      const files = [
        { path: 'good', text: '' },
        { path, text: '' },
      ]
      await expect(write(out, files)).rejects.toMatchObject({
        code: 'TST_OUTSIDE_FOLDER',
        message: expect.stringContaining(
          `The path ${JSON.stringify(path)} leads out of the output folder ${out}`,
        ),
      })
      expect(everything()).toEqual([])
    },
  )

  test('follows no link out of the folder', async () => {
    mkdirSync(join(base, 'secret'))
    mkdirSync(out, { recursive: true })
    symlinkSync(join(base, 'secret'), join(out, 'src'))
    const refused = expect.objectContaining({ code: 'TST_OUTSIDE_FOLDER' })
    await expect(write(out, [{ path: 'src/a.cover', text: '' }])).rejects.toEqual(refused)
    await expect(write(out, [{ path: 'src/deep/a.cover', text: '' }])).rejects.toEqual(refused)
    expect(readdirSync(join(base, 'secret'))).toEqual([])
  })

  test('follows links inside the folder, and the folder may be a link', async () => {
    mkdirSync(join(base, 'real/inside'), { recursive: true })
    symlinkSync(join(base, 'real'), join(base, 'linked'))
    symlinkSync(join(base, 'real/inside'), join(base, 'real/again'))
    await write(join(base, 'linked'), [{ path: 'again/a.cover', text: 'x' }])
    expect(readFileSync(join(base, 'real/inside/a.cover'), 'utf8')).toBe('x')
  })

  test('replaces a link in the place of a file and leaves its target alone', async () => {
    mkdirSync(out, { recursive: true })
    writeFileSync(join(base, 'target'), 'mine')
    symlinkSync(join(base, 'target'), join(out, 'a.cover'))
    await write(out, [{ path: 'a.cover', text: 'x' }])
    expect(readFileSync(join(base, 'target'), 'utf8')).toBe('mine')
    expect(readFileSync(join(out, 'a.cover'), 'utf8')).toBe('x')
  })

  test('a folder that cannot be made is one error with its name', async () => {
    writeFileSync(join(base, 'coverage'), 'a file')
    await expect(write(out, [{ path: 'a.cover', text: '' }])).rejects.toMatchObject({
      code: 'TST_CANNOT_WRITE',
      message: `Cannot write ${join(base, 'coverage')}: a part of its path is a file, not a folder (ENOTDIR). Choose another folder.`,
    })
  })

  test.runIf(process.platform === 'linux')('a place where nothing can be made is an error, too', async () => {
    await expect(write('/proc/tstrace', [{ path: 'a.cover', text: '' }])).rejects.toMatchObject({
      code: 'TST_CANNOT_WRITE',
      message:
        'Cannot write /proc/tstrace: its folder is not there and cannot be made (ENOENT). Choose another one.',
    })
  })

  test('what cannot be written stops nothing else and leaves nothing half-written', async () => {
    mkdirSync(join(out, 'a.cover'), { recursive: true })
    writeFileSync(join(out, 'src'), 'a file')
    const files = ['a.cover', 'src/b.cover', 'c.cover'].map((path) => ({ path, text: 'x' }))
    await expect(write(out, files)).rejects.toMatchObject({
      code: 'TST_CANNOT_WRITE',
      message: `Cannot write ${join(out, 'a.cover')} (and 1 more): it is a folder (EISDIR). Choose another name.`,
    })
    expect(everything()).toEqual(['coverage/tstrace/c.cover', 'coverage/tstrace/src'])
  })

  test('without files there is no folder', async () => {
    await write(out, [])
    expect(existsSync(out)).toBe(false)
  })
})

test.each([
  ['short', ''],
  // Wherever it is cut, a character stands there that must not be.
  ['long', `${'\u{1f600}'.repeat(20_000)}ä${'\u{1f600}'.repeat(20_000)}`],
])('a %s file that holds its text already is not replaced, and one that does not is', (_, text) => {
  writeFilesSync(out, [
    { path: 'same.cover', text: `${text}ä` },
    { path: 'other.cover', text: `${text}a` },
  ])
  const inodes = (): number[] => ['same.cover', 'other.cover'].map((path) => lstatSync(join(out, path)).ino)
  const before = inodes()
  writeFilesSync(out, [
    { path: 'same.cover', text: `${text}ä` },
    { path: 'other.cover', text: `${text}b` },
  ])
  const after = inodes()
  expect(after[0]).toBe(before[0])
  expect(after[1]).not.toBe(before[1])
})
