import type { Context } from '@tstrace/results'
import { expect, test } from 'vitest'
import { findTests } from '../../src/recording/find-tests.ts'
import { contextName } from '../../src/texts/context-name.ts'
import { recordingOf, sourceWith, testNamed } from '../recorded.ts'

const file = 'test/a.test.ts'
const one = testNamed('adds', { titles: ['sums', 'adds'], line: 4 })
const longer = testNamed('adds more', { titles: ['sums', 'adds more'], line: 9 })
const failed = testNamed('retried', { state: 'failed' })
const retried = testNamed('retried', { retry: 1 })
const hostile = testNamed('\u001b[31mred')
const other = testNamed('else', { file: 'test/deep/b.test.ts' })
const imported: Context = { kind: 'import', project: '', file }
const group: Context = { kind: 'overlap', members: [longer, retried] }
const contexts: Context[] = [one, longer, failed, retried, hostile, other, imported, group]
const recording = recordingOf({
  sources: contexts.map((context) => [sourceWith('src/a.ts', [1]), context] as const),
})

test.each<[string, readonly Context[], readonly Context[]]>([
  ['adds', [one], []],
  ['sums > adds', [one], []],
  ['sums adds more', [longer], [group]],
  ['ADDS M', [longer], [group]],
  ['test/a.test.ts > sums > adds', [one], []],
  ['test/a.test.ts:4 > sums > adds', [one], []],
  ['test/a.test.ts:9', [longer], [group]],
  ['a.test.ts:4:3', [one], []],
  ['test/a.test.ts#L4', [one], []],
  ['retried', [failed, retried], [group]],
  ['\\x1b[31mred', [hostile], []],
  ['test/deep/b.test.ts', [other], []],
  ['./test/deep/b.test.ts', [other], []],
  ['b.test.ts', [other], []],
])('%s', (word, found, groups) => {
  expect(findTests(recording, word)).toEqual({ contexts: found, groups })
})

test('several tests at one line are all meant', () => {
  const each = [testNamed('of 1', { line: 20 }), testNamed('of 2', { line: 20 })]
  const ofEach = recordingOf({
    sources: each.map((context) => [sourceWith('src/a.ts', [1]), context] as const),
  })
  expect(findTests(ofEach, 'test/a.test.ts:20').contexts).toEqual(each)
})

test('a test file is everything that ran for it', () => {
  const { contexts: found, groups } = findTests(recording, file)
  expect(new Set(found)).toEqual(new Set(contexts.filter((context) => context !== other)))
  expect(groups).toEqual([])
})

test.each([
  ['sums', 'TST_TEST_AMBIGUOUS', '2 tests have "sums" in their names. Name one of them:\n'],
  ['sums', 'TST_TEST_AMBIGUOUS', '\n  test/a.test.ts:4 > sums > adds\n  test/a.test.ts:9 > sums > adds more'],
  ['test/a.test.ts:5', 'TST_TEST_UNKNOWN', 'No test is at test/a.test.ts:5: no test begins there.'],
  ['test/deep/b.test.ts:5', 'TST_TEST_UNKNOWN', 'a.counts does not have the lines of its tests.'],
  ['retired', 'TST_TEST_UNKNOWN', 'Did you mean "retried"?'],
  ['nothing like it at all', 'TST_TEST_UNKNOWN', 'It has 5 tests in 2 files'],
])('%s is refused', (word, code, said) => {
  expect(() => findTests(recording, word)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(said) }),
  )
})

test('a test is found by whatever answers call it: its number among those of one name, and what is said of an attempt', () => {
  const [first, second] = [0, 1].map((index) => testNamed('same', { index, line: 4 })) as [Context, Context]
  const last = testNamed('same', { index: 1, line: 4, retry: 1, state: 'failed' })
  const tests = [first, second, last, testNamed('same', { file: 'test/b.test.ts' })]
  const same = recordingOf({
    sources: tests.map((context) => [sourceWith('src/a.ts', [1]), context] as const),
  })
  expect(() => findTests(same, 'same')).toThrow(
    '\n  test/a.test.ts:4 > same (no. 1 of this name)\n  test/a.test.ts:4 > same (no. 2 of this name)\n  test/b.test.ts > same',
  )
  expect(findTests(same, 'test/a.test.ts:4 > same (no. 1 of this name)').contexts).toEqual([first])
  for (const context of [second, last])
    expect(findTests(same, contextName(context)).contexts).toEqual([second, last])
})

test('where only test files are kept apart, there are no tests to find', () => {
  const byFile = recordingOf({
    sources: [[sourceWith('src/a.ts', [1]), { kind: 'file', project: '', file }]],
  })
  expect(findTests(byFile, 'a.test.ts').contexts).toHaveLength(1)
  expect(() => findTests(byFile, 'adds')).toThrow(expect.objectContaining({ code: 'TST_NO_CONTEXTS' }))
})

test('a test that two projects have is told apart by its project', () => {
  const [node, browser] = ['node', 'browser'].map((project) => testNamed('adds', { project, line: 4 })) as [
    Context,
    Context,
  ]
  const both = recordingOf({
    sources: [node, browser].map((context) => [sourceWith('src/a.ts', [1]), context] as const),
  })
  expect(() => findTests(both, 'adds')).toThrow(
    '\n  [browser] test/a.test.ts:4 > adds\n  [node] test/a.test.ts:4 > adds',
  )
  expect(findTests(both, '[node] test/a.test.ts:4 > adds').contexts).toEqual([node])
  expect(findTests(both, '[browser] test/a.test.ts:4').contexts).toEqual([browser])
  expect(findTests(both, '[browser] test/a.test.ts').contexts).toEqual([browser])
  expect(() => findTests(both, '[edge] adds')).toThrow('has "[edge] adds" in its name')
})

test('what a program has named is found by its name', () => {
  const [parse, print] = ['parse', 'print'].map((name): Context => ({ kind: 'named', name })) as [
    Context,
    Context,
  ]
  const beside = { kind: 'overlap', members: [parse, { kind: 'named', name: 'wait' }] } as Context
  const program = recordingOf({
    sources: [parse, print, beside].map((context) => [sourceWith('src/a.ts', [1]), context] as const),
  })
  expect(findTests(program, 'parse')).toEqual({ contexts: [parse], groups: [beside] })
  expect(findTests(program, 'wait')).toEqual({
    contexts: [{ kind: 'named', name: 'wait' }],
    groups: [beside],
  })
  expect(() => findTests(program, 'prnt')).toThrow(
    'No context in a.counts is called "prnt". Did you mean "print"?',
  )
})

test('numbers of one have the word of one', () => {
  const single = recordingOf({ sources: [[sourceWith('src/a.ts', [1]), testNamed('adds')]] })
  expect(() => findTests(single, 'nowhere near')).toThrow('It has 1 test in 1 file: name one')
})
