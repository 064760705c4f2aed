import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { replaceFile } from '../../src/files/replace-file.ts'
import { temporaryFolder } from '../temporary-folder.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = temporaryFolder()
  file = join(folder, 'a')
})

test.each([undefined, 'a.tmp'])('a file is made, then replaced, and nothing else is left (%s)', (name) => {
  const temporary = name && join(folder, name)
  for (const text of ['one', 'two']) {
    replaceFile(file, text, temporary)
    expect(readFileSync(file, 'utf8')).toBe(text)
    expect(readdirSync(folder)).toEqual(['a'])
  }
})

test('pieces of text and of bytes stand in the order in which they come', () => {
  const bytes = Buffer.from('é')
  replaceFile(file, ['a', 'b', bytes, 'c', bytes, bytes, 'd'])
  expect(readFileSync(file, 'utf8')).toBe('abécééd')
})

test('what a process that died has left under the temporary name is removed', () => {
  writeFileSync(`${file}.tmp`, 'half')
  replaceFile(file, 'whole', `${file}.tmp`)
  expect(readFileSync(file, 'utf8')).toBe('whole')
  expect(readdirSync(folder)).toEqual(['a'])
})

test.each([undefined, 'tmp'])(
  'where it cannot be replaced, what is there stays, and nothing else is left (%s)',
  (name) => {
    mkdirSync(file)
    expect(() => replaceFile(file, 'text', name && join(folder, name))).toThrow(
      expect.objectContaining({ code: 'EISDIR', path: file }),
    )
    expect(readdirSync(folder)).toEqual(['a'])
  },
)

test('a folder under the temporary name is left alone, and so is the file', () => {
  writeFileSync(file, 'before')
  mkdirSync(`${file}.tmp`)
  expect(() => replaceFile(file, 'text', `${file}.tmp`)).toThrow(expect.objectContaining({ path: file }))
  expect(readFileSync(file, 'utf8')).toBe('before')
  expect(readdirSync(folder)).toEqual(['a', 'a.tmp'])
})

test('a file that comes in pieces and is there already stays as it is; any other is replaced', () => {
  const long = 'a'.repeat(300_000)
  const made = (pieces: string[]): number => {
    replaceFile(file, pieces)
    expect(readFileSync(file, 'utf8')).toBe(pieces.join(''))
    expect(readdirSync(folder)).toEqual(['a'])
    return statSync(file).ino
  }
  const first = made([long, 'b'])
  expect(made([long, 'b'])).toBe(first)
  const second = made([long, 'c'])
  expect(second).not.toBe(first)
  expect(made([long])).not.toBe(second)
  expect(made([])).toBe(made([]))
})
