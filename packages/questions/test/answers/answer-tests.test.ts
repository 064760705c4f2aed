import type { Context } from '@tstrace/results'
import { expect, test } from 'vitest'
import { answerTests, type TestsAnswer } from '../../src/answers/answer-tests.ts'
import { findTarget } from '../../src/recording/find-target.ts'
import { recordingOf, sourceWith, testNamed } from '../recorded.ts'

const imported: Context = { kind: 'import', project: '', file: 'test/a.test.ts' }
const recording = recordingOf({
  sources: [
    [sourceWith('src/a.ts', [1, 1, 0, 0]), imported],
    [sourceWith('src/a.ts', [0, 0, 2, 4]), testNamed('few')],
    [sourceWith('src/a.ts', [0, 0, 5, 0]), testNamed('many')],
    [sourceWith('src/sub/b.ts', [0, 7, 0, 0]), testNamed('few')],
  ],
})

function asked(word: string, of = recording): TestsAnswer {
  return answerTests(of, findTarget(of, word))
}

test.each([
  [
    'src/a.ts:3',
    { count: 7, lines: 1, executable: 1 },
    [
      { context: testNamed('many'), count: 5, lines: 1 },
      { context: testNamed('few'), count: 2, lines: 1 },
    ],
  ],
  [
    'src/a.ts:2-4',
    { count: 12, lines: 3, executable: 3 },
    [
      { context: testNamed('few'), count: 6, lines: 2 },
      { context: testNamed('many'), count: 5, lines: 1 },
      { context: imported, count: 1, lines: 1 },
    ],
  ],
  [
    'src/a.ts:f2',
    { count: 7, lines: 2, executable: 2 },
    [
      { context: testNamed('many'), count: 5, lines: 1 },
      { context: testNamed('few'), count: 2, lines: 2 },
    ],
  ],
  ['src/sub', { count: 7, lines: 1, executable: 4 }, [{ context: testNamed('few'), count: 7, lines: 1 }]],
])('%s', (word, total, rows) => {
  expect(asked(word)).toMatchObject({ total, rows, outside: 0 })
})

test('what imports and hooks ran comes behind the tests, however often', () => {
  const hooks: Context = { kind: 'hooks', project: '', file: 'test/a.test.ts', titles: [] }
  const around = recordingOf({
    sources: [
      [sourceWith('src/a.ts', [9]), imported],
      [sourceWith('src/a.ts', [8]), hooks],
      [sourceWith('src/a.ts', [1]), testNamed('once')],
    ],
  })
  expect(asked('src/a.ts:1', around).rows.map(({ context }) => context)).toEqual([
    testNamed('once'),
    imported,
    hooks,
  ])
})

test('what no context has is said apart', () => {
  const half = recordingOf({
    sources: [[sourceWith('src/a.ts', [5])], [sourceWith('src/a.ts', [2]), testNamed('one')]],
  })
  expect(asked('src/a.ts:1', half)).toMatchObject({ total: { count: 7 }, outside: 5 })
})

test('a line on which nothing starts has the nearest that have a number', () => {
  expect(asked('src/a.ts:9')).toMatchObject({ total: { executable: 0 }, nearest: [4], rows: [] })
})

test('a line has its text where the recording has that', () => {
  const withText = { ...recording, text: () => 'one\r\ntwo\nthree' }
  expect(asked('src/a.ts:2', withText).text).toBe('two')
  expect(asked('src/a.ts:2-3', withText).text).toBeUndefined()
})

test('a recording without contexts is refused', () => {
  const without = recordingOf({ sources: [[sourceWith('src/a.ts', [5])]] })
  expect(() => asked('src/a.ts:1', without)).toThrow(
    expect.objectContaining({ code: 'TST_NO_CONTEXTS', message: expect.stringContaining('a.counts') }),
  )
})
