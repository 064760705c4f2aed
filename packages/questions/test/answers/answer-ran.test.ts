import type { Context } from '@tstrace/results'
import { expect, test } from 'vitest'
import { answerRan } from '../../src/answers/answer-ran.ts'
import { ranText } from '../../src/texts/ran-text.ts'
import { recordingOf, sourceWith, testNamed } from '../recorded.ts'

const failed = testNamed('retried', { state: 'failed' })
const retried = testNamed('retried', { retry: 1 })
const group: Context = { kind: 'overlap', members: [testNamed('else'), retried] }
const recording = recordingOf({
  sources: [
    [sourceWith('src/a.ts', [0, 0, 1, 2]), failed],
    [sourceWith('src/a.ts', [0, 0, 1, 0]), retried],
    [sourceWith('src/b.ts', [0, 0, 3, 0, 9]), retried],
    [sourceWith('src/b.ts', [0, 0, 2, 2, 0]), group],
    [sourceWith('src/c.ts', [7]), testNamed('else')],
  ],
})

test('all attempts at a test, source by source, and apart what it ran beside others', () => {
  expect(answerRan(recording, 'retried')).toMatchObject({
    contexts: [failed, retried],
    total: { count: 16, lines: 4 },
    rows: [
      {
        path: 'src/b.ts',
        count: 12,
        lines: 2,
        executable: 5,
        functions: [
          { name: 'f4', line: 5, calls: 9 },
          { name: 'f2', line: 3, calls: 3 },
        ],
      },
      { path: 'src/a.ts', count: 4, lines: 2, executable: 4, functions: [{ name: 'f2', line: 3, calls: 2 }] },
    ],
    beside: [{ context: group, count: 4, lines: 2 }],
  })
})

test('a test with several attempts is not called by the end of the first', () => {
  expect(ranText(answerRan(recording, 'retried')).head[0]).toBe(
    'test/a.test.ts > retried, in 2 attempts, of which 1 failed, ran 4 lines of 2 files.',
  )
})
