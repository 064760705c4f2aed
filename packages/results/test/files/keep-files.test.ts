import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { keepFiles } from '../../src/files/keep-files.ts'

function folders() {
  const parent = mkdtempSync(join(tmpdir(), 'tstrace-keep-'))
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  const from = join(parent, 'run')
  mkdirSync(from)
  return { from, folder: join(parent, 'a/kept') }
}

test('files of one ending are kept, in the place of those of the same name', () => {
  const { folder, from } = folders()
  const keep = () => keepFiles({ from, folder, ending: '.code', most: 9 })
  writeFileSync(join(from, 'a.code'), 'first')
  writeFileSync(join(from, 'b.table'), '')
  keep()
  writeFileSync(join(from, 'a.code'), 'second')
  keep()
  expect(readdirSync(folder)).toEqual(['a.code'])
  expect(readFileSync(join(folder, 'a.code'), 'utf8')).toBe('second')
})

test('of more than there may be the oldest are removed, and others stay', () => {
  const { folder, from } = folders()
  mkdirSync(folder, { recursive: true })
  for (const [age, name] of ['young.code', 'middle.code', 'old.code', 'older.cjs'].entries()) {
    writeFileSync(join(folder, name), '')
    utimesSync(join(folder, name), 1e9 - age, 1e9 - age)
  }
  writeFileSync(join(from, 'new.code'), '')
  keepFiles({ from, folder, ending: '.code', most: 2 })
  expect(readdirSync(folder).sort()).toEqual(['new.code', 'older.cjs', 'young.code'])
})

test('where nothing was left no folder is made, and what cannot be kept is no error', () => {
  const { folder, from } = folders()
  const keep = () => keepFiles({ from, folder, ending: '.code', most: 2 })
  keep()
  expect(() => readdirSync(folder)).toThrow('ENOENT')
  writeFileSync(join(from, 'a.code'), '')
  writeFileSync(join(from, '../a'), 'no folder')
  expect(keep).not.toThrow()
})
