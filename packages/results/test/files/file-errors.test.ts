import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { TstraceError } from '../../src/errors.ts'
import { cannotRead, cannotWrite, reasonOf } from '../../src/files/file-errors.ts'

function thrownBy(action: () => unknown): unknown {
  try {
    return action()
  } catch (error) {
    return error
  }
}

const missing = thrownBy(() => readFileSync('/missing/file'))
const system = (code: string): Error =>
  Object.assign(new Error(`${code}: words of Node, open '/a'`), { code })

describe('a refusal to write', () => {
  test.each([
    ['ENOSPC', 'the disk is full (ENOSPC). Free some space, or choose a folder on another disk.'],
    ['EDQUOT', 'your quota of disk space is used up (EDQUOT). Delete some of your files'],
    ['EFBIG', 'it would be larger than a file may be (EFBIG). Raise the limit (`ulimit -f`)'],
    ['EIO', 'the disk reports an error (EIO). Choose a folder on another disk.'],
    ['EROFS', 'the file system is read-only (EROFS). Choose a folder on another one.'],
    ['ENAMETOOLONG', 'the name is too long for the file system (ENAMETOOLONG). Choose a shorter one'],
    ['ENOENT', 'its folder is not there and cannot be made (ENOENT). Choose another one.'],
    ['EISDIR', 'it is a folder (EISDIR). Choose another name.'],
    ['ELOOP', 'symbolic links lead in a circle (ELOOP). Remove one of them'],
    ['ENOTDIR', 'a part of its path is a file, not a folder (ENOTDIR). Choose another folder.'],
    ['EEXIST', 'a part of its path is a file, not a folder (EEXIST). Choose another folder.'],
    ['EMFILE', 'too many files are open (EMFILE). Raise the limit (`ulimit -n`)'],
    ['ENFILE', 'too many files are open (ENFILE). Raise the limit (`ulimit -n`)'],
    ['EACCES', 'permission denied (EACCES). Make the folder writable, or choose another one.'],
    ['EPERM', 'permission denied (EPERM). Make the folder writable, or choose another one.'],
    ['EBUSY', 'another program is using it (EBUSY). Run again when that has ended'],
    ['ETXTBSY', 'another program is using it (ETXTBSY). Run again when that has ended'],
    ['EXDEV', 'words of Node (EXDEV). Choose another place.'],
  ])('for %s has its own words and its own way out', (code, said) => {
    const error = cannotWrite('out/a', system(code))
    expect(error.code).toBe('TST_CANNOT_WRITE')
    expect(error.message).toContain(`Cannot write out/a: ${said}`)
  })

  test('names the file, how many others there are, and another way out where one is given', () => {
    expect(cannotWrite('out/a', missing)).toMatchObject({ cause: missing })
    expect(cannotWrite('out/a', new Error('no room'), { others: 2 }).message).toBe(
      'Cannot write out/a (and 2 more): no room. Choose another place.',
    )
    expect(cannotWrite('out', 'it is a folder', { wayOut: 'Name a file.' }).message).toBe(
      'Cannot write out: it is a folder. Name a file.',
    )
  })

  test('with a message of ours keeps it', () => {
    const error = new TstraceError('TST_LOCKED', 'In use.')
    expect(cannotWrite('out/a', error)).toBe(error)
  })
})

test('a refusal to read names what was to be read, and where only too many files are open, that', () => {
  expect(cannotRead('the source a.ts', missing, 'Name one.')).toMatchObject({
    code: 'TST_CANNOT_READ',
    message: 'Cannot read the source a.ts: it is not there (ENOENT). Name one.',
    cause: missing,
  })
  expect(cannotRead('a.ts', system('EACCES'), 'Name one.').message).toBe(
    'Cannot read a.ts: permission denied (EACCES). Make it readable, or choose another one.',
  )
  expect(cannotRead('the source a.ts', system('EMFILE'), 'Name one.')).toMatchObject({
    code: 'TST_TOO_MANY_FILES',
    message: expect.stringContaining('too many files are open (EMFILE). Raise the limit'),
  })
})

test('what no operating system has said is given as it is', () => {
  expect(reasonOf(new Error('it is too large'))).toBe('it is too large')
  expect(reasonOf('a few words')).toBe('a few words')
})
