import type { Context } from '@tstrace/core/recording'
import { expect, test } from 'vitest'
import { answerTests } from '../../src/answers/answer-tests.ts'
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

const asked = (word: string): unknown => {
  const { rows, total } = answerTests(recording, findTarget(recording, word))
  return { total, rows: rows.map(({ context, ...ran }) => [context, ran]) }
}

test.each([
  [
    'src/a.ts:3',
    { count: 7, lines: 1 },
    [
      [testNamed('many'), { count: 5, lines: 1 }],
      [testNamed('few'), { count: 2, lines: 1 }],
    ],
  ],
  [
    'src/a.ts:2-4',
    { count: 12, lines: 3 },
    [
      [testNamed('few'), { count: 6, lines: 2 }],
      [testNamed('many'), { count: 5, lines: 1 }],
      [imported, { count: 1, lines: 1 }],
    ],
  ],
  [
    'src/a.ts:f2',
    { count: 7, lines: 2 },
    [
      [testNamed('many'), { count: 5, lines: 1 }],
      [testNamed('few'), { count: 2, lines: 2 }],
    ],
  ],
  ['src/sub', { count: 7, lines: 1 }, [[testNamed('few'), { count: 7, lines: 1 }]]],
])('%s', (word, total, rows) => {
  expect(asked(word)).toEqual({ total, rows })
})
