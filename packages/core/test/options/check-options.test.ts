import { expect, test } from 'vitest'
import { checkOptions } from '../../src/options/check-options.ts'
import { completeOptions } from '../../src/options/complete-options.ts'
import type { Place } from '../../src/options/option-row.ts'

function read(given: object, at: Place) {
  return completeOptions(checkOptions(given, { at, where: 'here' }), at)
}

test("Python's names stand for ours", () => {
  const given = { countfuncs: true, countcallers: true, ignoremods: 'a, b', ignoredirs: ['c'] }
  expect(read(given, 'Trace')).toMatchObject({
    listfuncs: true,
    trackcalls: true,
    ignoreModule: ['a', 'b'],
    ignoreDir: ['c'],
  })
  expect(read({ showMissing: false }, 'writeResults')).toMatchObject({ missing: false })
})

test('a default that follows from something else is left to whoever reads the option', () => {
  expect(read({}, 'Trace')).toMatchObject({
    count: undefined,
    trace: undefined,
    listfuncs: false,
    infile: '',
  })
  expect(read({ count: false }, 'Trace')).toMatchObject({ count: false })
})

test.each<[object, Place, string]>([
  [{ listfuncs: true, countfuncs: true }, 'Trace', '"countfuncs" in here cannot stand beside "listfuncs"'],
  [{ ignoredirs: [], ignoreDir: 'x' }, 'Trace', '"ignoreDir" in here cannot stand beside "ignoredirs"'],
  [
    { missing: true, showMissing: true },
    'writeResults',
    '"showMissing" in here cannot stand beside "missing"',
  ],
  [
    { infile: 'a', file: 'b' },
    'Trace',
    'Option "infile" in here cannot stand beside "file". Give one of them.',
  ],
  [
    { file: 'b', outfile: 'a' },
    'Trace',
    'Option "outfile" in here cannot stand beside "file". Give one of them.',
  ],
  [{ count: 'yes' }, 'Trace', 'Option "count" in here must be true or false, not "yes".'],
  [{ trace: 'stdout' }, 'Trace', 'Option "trace" in here must be true or false, not "stdout".'],
  [
    { ignoremods: [1] },
    'Trace',
    'Option "ignoremods" in here must be a string or an array of strings, not [1].',
  ],
  [
    { include: ['src/**', ''] },
    'reporters',
    'Option "include" in here has an empty value. Write one, or leave the option out.',
  ],
  [
    { include: ['src/**', 'a\0'] },
    'reporters',
    'Option "include" in here has a NUL character (\\0) in it, which no path and no name can have. Leave it out.',
  ],
  [{ coverdir: '\0' }, 'writeResults', 'Option "coverdir" in here has a NUL character'],
  [{ exclude: '' }, 'Trace', 'Option "exclude" in here has an empty value.'],
  [{ coverdir: 1 }, 'writeResults', 'Option "coverdir" in here must be a string, not 1.'],
])('%j', (given, at, message) => {
  expect(() => read(given, at)).toThrow(expect.objectContaining({ code: 'TST_OPTION_VALUE' }))
  expect(() => read(given, at)).toThrow(message)
})

test.each<[object, Place, string]>([
  [{ countfunc: true }, 'Trace', 'Unknown option "countfunc" in here. Did you mean "countfuncs"?'],
  [
    { coverdir: 'x' },
    'Trace',
    'It is an option of test runners, the command, questions, and writeResults only.',
  ],
  [{ countfuncs: true }, 'CoverageResults', 'Unknown option "countfuncs" in here. Did you mean "listfuncs"?'],
])('%j', (given, at, message) => {
  expect(() => read(given, at)).toThrow(message)
})

test('options that throw when they are read are an error of the options', () => {
  const throwing = {
    get count(): boolean {
      throw new Error('no')
    },
  }
  expect(() => read(throwing, 'Trace')).toThrow('here cannot be read: no')
})
