import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { TstraceError } from '../../src/errors.ts'
import { cannotRead, cannotWrite } from '../../src/files/file-errors.ts'

function thrownBy(action: () => unknown): unknown {
  try {
    return action()
  } catch (error) {
    return error
  }
}

const missing = thrownBy(() => readFileSync('/missing/file'))

test('a refusal to write names the file, what the operating system says, and the way out', () => {
  expect(cannotWrite('out/a', missing)).toMatchObject({
    code: 'TST_CANNOT_WRITE',
    message: 'Cannot write out/a: ENOENT. Make the folder writable, or choose another one.',
    cause: missing,
  })
  expect(cannotWrite('out/a', new Error('no room'), { others: 2 }).message).toBe(
    'Cannot write out/a (and 2 more): no room. Make the folder writable, or choose another one.',
  )
  expect(cannotWrite('out', 'it is a folder', { wayOut: 'Name a file.' }).message).toBe(
    'Cannot write out: it is a folder. Name a file.',
  )
})

test('what has a message of ours keeps it', () => {
  const error = new TstraceError('TST_LOCKED', 'In use.')
  expect(cannotWrite('out/a', error)).toBe(error)
})

test('a refusal to read names what was to be read, and where only too many files are open, that', () => {
  expect(cannotRead('the source a.ts', missing, 'Name one.')).toMatchObject({
    code: 'TST_CANNOT_READ',
    message:
      "Cannot read the source a.ts: ENOENT: no such file or directory, open '/missing/file'. Name one.",
    cause: missing,
  })
  const tooMany = Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' })
  expect(cannotRead('the source a.ts', tooMany, 'Name one.')).toMatchObject({
    code: 'TST_TOO_MANY_FILES',
    message: expect.stringContaining('EMFILE: too many open files. Raise the limit'),
  })
})
