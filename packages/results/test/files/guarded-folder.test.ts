import {
  closeSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, test } from 'vitest'
import { GuardedFolder } from '../../src/files/guarded-folder.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const OUTSIDE = expect.objectContaining({ code: 'TST_OUTSIDE_FOLDER' })

let base: string
let guarded: GuardedFolder

beforeEach(() => {
  base = temporaryFolder()
  mkdirSync(join(base, 'elsewhere'))
  mkdirSync(join(base, 'out'))
  writeFileSync(join(base, 'mine'), 'mine')
  guarded = new GuardedFolder(join(base, 'out'))
})

function write(path: string): void {
  const descriptor = guarded.openNew(guarded.placeOf(path))
  writeSync(descriptor, 'x')
  closeSync(descriptor)
}

test.each(['', '.', '..', '../a', 'a/../../b', '/a', 'a/../..'])('the path %j leads out', (path) => {
  expect(() => guarded.placeOf(path)).toThrow(OUTSIDE)
})

describe('a new file', () => {
  it('stands in the folder, whose parts are made', () => {
    write('deep/er/a')
    expect(readFileSync(join(base, 'out/deep/er/a'), 'utf8')).toBe('x')
  })

  it('takes the place of a link and of another name of a file, which stays as it is', () => {
    symlinkSync(join(base, 'mine'), join(base, 'out/link'))
    linkSync(join(base, 'mine'), join(base, 'out/name'))
    symlinkSync('nowhere', join(base, 'out/dangling'))
    for (const path of ['link', 'name', 'dangling']) write(path)
    expect(readFileSync(join(base, 'mine'), 'utf8')).toBe('mine')
    for (const path of ['link', 'name', 'dangling'])
      expect(readFileSync(join(base, 'out', path), 'utf8')).toBe('x')
  })

  it('is not made through a link that leads out, however deep', () => {
    mkdirSync(join(base, 'out/deep'))
    symlinkSync(join(base, 'elsewhere'), join(base, 'out/deep/link'))
    expect(() => write('deep/link/a')).toThrow(OUTSIDE)
    expect(() => write('deep/link/more/a')).toThrow(OUTSIDE)
    expect(readdirSync(join(base, 'elsewhere'))).toEqual([])
  })

  it('is made through a link that stays inside', () => {
    mkdirSync(join(base, 'out/there'))
    symlinkSync('there', join(base, 'out/link'))
    write('link/a')
    expect(readFileSync(join(base, 'out/there/a'), 'utf8')).toBe('x')
  })

  it('does not take the place of a folder', () => {
    mkdirSync(join(base, 'out/a'))
    expect(() => write('a')).toThrow(/EISDIR|EPERM/)
  })
})

test('a place is inside, or seems so only', () => {
  mkdirSync(join(base, 'out/there'))
  symlinkSync(join(base, 'elsewhere'), join(base, 'out/link'))
  expect(guarded.isInside(guarded.placeOf('there/a'))).toBe(true)
  expect(guarded.isInside(guarded.placeOf('a'))).toBe(true)
  expect(guarded.isInside(guarded.placeOf('link/a'))).toBe(false)
})
