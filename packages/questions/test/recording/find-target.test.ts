import { expect, test } from 'vitest'
import { findFunction } from '../../src/recording/find-function.ts'
import { findTarget } from '../../src/recording/find-target.ts'
import { isInFolder } from '../../src/recording/target.ts'
import { recordingOf, sourceWith, testNamed } from '../recorded.ts'

const hash = '0123456789abcdef'
const recording = recordingOf({
  sources: [
    [sourceWith('src/a.ts', [1, 1, 0, 0])],
    [sourceWith('src/deep/b.test.ts', [1, 1, 1, 1])],
    [sourceWith('src/deep/c.ts', [1, 1, 1, 1, 1, 1])],
  ],
})

test.each([
  ['src/a.ts', { kind: 'file', path: 'src/a.ts', hash }],
  ['./src/a.ts', { kind: 'file', path: 'src/a.ts', hash }],
  ['src\\deep\\c.ts', { kind: 'file', path: 'src/deep/c.ts', hash }],
  ['src/a.ts:3', { kind: 'lines', path: 'src/a.ts', hash, from: 3, to: 3 }],
  ['src/a.ts:3:17', { kind: 'lines', path: 'src/a.ts', hash, from: 3, to: 3 }],
  ['src/a.ts:2-4', { kind: 'lines', path: 'src/a.ts', hash, from: 2, to: 4 }],
  ['src/a.ts#L3', { kind: 'lines', path: 'src/a.ts', hash, from: 3, to: 3 }],
  ['src/a.ts#L2-L4', { kind: 'lines', path: 'src/a.ts', hash, from: 2, to: 4 }],
  ['src/a.ts#L2C5-L4C1', { kind: 'lines', path: 'src/a.ts', hash, from: 2, to: 4 }],
  ['src/a.ts:4-2', { kind: 'lines', path: 'src/a.ts', hash, from: 2, to: 4 }],
  ['src/a.ts:2-999999999999999999999', { kind: 'lines', path: 'src/a.ts', hash, from: 2, to: 14 }],
  ['src/deep', { kind: 'folder', path: 'src/deep' }],
  ['src/deep/', { kind: 'folder', path: 'src/deep' }],
  ['.', { kind: 'folder', path: '' }],
  ['f4', { kind: 'function', path: 'src/deep/c.ts', hash, name: 'f4', line: 5 }],
  ['src/a.ts:f2', { kind: 'function', path: 'src/a.ts', hash, name: 'f2', line: 3 }],
  ['src.deep.c.f2', { kind: 'function', path: 'src/deep/c.ts', hash, name: 'f2', line: 3 }],
  ['src.deep.b.test.f2', { kind: 'function', path: 'src/deep/b.test.ts', hash, name: 'f2', line: 3 }],
])('%s', (word, target) => {
  expect(findTarget(recording, word)).toEqual(target)
})

test.each([
  ['src/aa.ts', 'TST_TARGET_UNKNOWN', 'Did you mean "src/a.ts"?'],
  ['src/aa.ts:3', 'TST_TARGET_UNKNOWN', 'Did you mean "src/a.ts:3"?'],
  ['src/a.ts:5-', 'TST_TARGET_UNKNOWN', 'Name a source, a line as src/a.ts:4'],
  ['f44', 'TST_TARGET_UNKNOWN', 'Did you mean "f4"?'],
  [
    'nothing like it at all',
    'TST_TARGET_UNKNOWN',
    'Name a source, a line as src/a.ts:4, a function, or a folder.',
  ],
  ['src/a.ts:99', 'TST_TARGET_UNKNOWN', 'src/a.ts has no line 99: the text that ran has 14'],
  ['src/a.ts:0', 'TST_TARGET_UNKNOWN', 'src/a.ts has no line 0:'],
  ['src/a.ts:999999999999999999999', 'TST_TARGET_UNKNOWN', 'src/a.ts has no line 999999999999999999999:'],
  ['f2', 'TST_TARGET_AMBIGUOUS', 'src/a.ts:f2, src/deep/b.test.ts:f2, src/deep/c.ts:f2'],
])('%s is refused', (word, code, said) => {
  expect(() => findTarget(recording, word)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(said) }),
  )
})

test.each<[string, string, boolean]>([
  ['src', 'src/a.ts', true],
  ['src', 'src2/a.ts', false],
  ['', 'src/a.ts', true],
  ['', '../a.ts', false],
  ['..', 'src/a.ts', true],
  ['..', '../a.ts', true],
  ['..', '../../a.ts', false],
  ['../lib', '../lib/a.ts', true],
  ['../lib', '../a.ts', false],
])('in %s is %s: %s', (folder, path, is) => {
  expect(isInFolder(folder, path)).toBe(is)
})

test.each([
  ['test/a.test.ts:15', 'test/a.test.ts:15'],
  ['./test/a.test.ts:15-17', 'test/a.test.ts'],
  ['test/a.test.ts', 'test/a.test.ts'],
])('of %s, which is a test file, it is said who knows what it runs', (word, place) => {
  const tested = recordingOf({ sources: [[sourceWith('src/a.ts', [1]), testNamed('a')]] })
  expect(() => findTarget(tested, word)).toThrow(
    `test/a.test.ts is a test file, and its own lines are not counted in a.counts. What its tests run: tstrace ran ${place}`,
  )
})

test('of several texts it is the one on disk', () => {
  const other = { ...sourceWith('src/a.ts', [1]), hash: 'fedcba9876543210' }
  const both = { sources: [[sourceWith('src/a.ts', [1])], [other]] } as const
  const onDisk = recordingOf(both, { stateOf: (text) => (text.hash === other.hash ? 'same' : 'changed') })
  expect(findTarget(onDisk, 'src/a.ts')).toMatchObject({ hash: other.hash })
  const nowhere = recordingOf(both, { stateOf: () => 'changed' })
  expect(() => findTarget(nowhere, 'src/a.ts')).toThrow(
    expect.objectContaining({ code: 'TST_SEVERAL_VERSIONS' }),
  )
})

test('a function is found by a line in it, the module by one in none', () => {
  expect(findFunction(recording, 'src/a.ts:4')).toMatchObject({ name: 'f2' })
  expect(findFunction(recording, 'src/a.ts:9')).toMatchObject({ name: '<module>' })
  expect(() => findFunction(recording, 'src/a.ts')).toThrow('"src/a.ts" is a file, and no function.')
})

test('a line that the text that ran does not have is refused', () => {
  const withText = recordingOf({ sources: [[sourceWith('src/a.ts', [1, 1])]] }, { text: () => 'a\nb\n' })
  expect(findTarget(withText, 'src/a.ts:2-9')).toMatchObject({ from: 2, to: 2 })
  for (const line of [0, 3])
    expect(() => findTarget(withText, `src/a.ts:${line}`)).toThrow(
      `src/a.ts has no line ${line}: the text that ran has 2, from 1 up.`,
    )
})
