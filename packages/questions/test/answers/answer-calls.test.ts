import type { CallEdge, Context } from '@tstrace/results'
import { expect, test } from 'vitest'
import {
  answerCallees,
  answerCallers,
  type CallsAsked,
  type CallsRow,
} from '../../src/answers/answer-calls.ts'
import { findFunction } from '../../src/recording/find-function.ts'
import { printedAnswer } from '../../src/texts/answer-text.ts'
import { callsText } from '../../src/texts/calls-text.ts'
import { recordingOf, sourceWith, testNamed } from '../recorded.ts'

const one = testNamed('one')
const other = testNamed('other')
const call = (from: string, to: string, calls: number): CallEdge => ({
  caller: { path: 'src/a.ts', name: from },
  callee: { path: 'src/a.ts', name: to },
  calls,
  resumptions: 0,
})
const started: CallEdge = {
  caller: { path: '', name: '<event loop>' },
  callee: { path: 'src/a.ts', name: '<module>' },
  calls: 1,
  resumptions: 0,
}
const edges: (readonly [CallEdge, Context])[] = [
  [started, one],
  [call('<module>', 'f2', 2), one],
  [call('f2', 'f4', 3), one],
  [call('f2', 'f4', 4), other],
  [call('f4', 'f2', 1), one],
  [call('f4', 'f4', 5), one],
  [call('f6', 'f4', 9), other],
  [call('f4', 'f6', 1), other],
]
const recording = recordingOf({ sources: [[sourceWith('src/a.ts', [1, 1, 1, 1, 1, 1, 1, 1]), one]], edges })

function asked(word: string, more: Partial<CallsAsked> = {}): CallsAsked {
  return { target: findFunction(recording, word), depth: 1, test: '', ...more }
}

function short(rows: readonly CallsRow[]): unknown[] {
  return rows.map(({ calls, elsewhere, name, rows: below }) => [
    `${calls} ${name}${elsewhere ? ' …' : ''}`,
    ...short(below),
  ])
}

test('callers and callees, the most calls first', () => {
  expect(short(answerCallers(recording, asked('f4')).rows)).toEqual([['9 f6'], ['7 f2'], ['5 f4 …']])
  expect(short(answerCallees(recording, asked('f4')).rows)).toEqual([['5 f4 …'], ['1 f2'], ['1 f6']])
  expect(answerCallers(recording, asked('f4'))).toMatchObject({
    calls: 21,
    rows: [{ line: 7 }, { line: 3 }, {}],
  })
})

test('levels end at recursion, and what is in several places is shown where it is nearest', () => {
  expect(short(answerCallers(recording, asked('f4', { depth: 9 })).rows)).toEqual([
    ['9 f6', ['1 f4 …']],
    ['7 f2', ['2 <module>', ['1 <event loop>']], ['1 f4 …']],
    ['5 f4 …'],
  ])
})

test('of one test it is what that test called', () => {
  const answer = answerCallers(recording, asked('f4', { test: 'other' }))
  expect(short(answer.rows)).toEqual([['9 f6'], ['4 f2']])
  expect(answer.contexts).toEqual([other])
})

test('as a text', () => {
  const answer = answerCallers(recording, asked('f4', { depth: 2 }))
  expect(printedAnswer(callsText(answer), false)).toBe(`src/a.ts:f4 was called 21 times, by 3 functions.

  9  src/a.ts:7  f6
     1  src/a.ts:5  f4 (itself)
  7  src/a.ts:3  f2
     2  src/a.ts:1  <module>
     1  src/a.ts:5  f4 (itself)
  5  src/a.ts:5  f4 (itself)

Below the first level, numbers are all calls between the two functions, not only those on this way.

From a.counts: no run.
`)
})

test('of what was never called nobody says that it called nothing', () => {
  const said = (word: string, test = ''): string | undefined =>
    callsText(answerCallees(withLeaf, asked(word, { test }))).head[0]
  const withLeaf = recordingOf({
    sources: [[sourceWith('src/a.ts', [1, 1, 1, 1, 1, 1, 1, 1]), one]],
    edges: [...edges.slice(0, 2), [call('f4', 'f6', 1), other]],
  })
  expect(said('f2')).toBe('src/a.ts:f2 called no function that was traced.')
  expect(said('f2', 'other')).toBe('src/a.ts:f2 was never called in test/a.test.ts > other.')
  const never = recordingOf({
    sources: [[sourceWith('src/a.ts', [1, 1, 1, 1, 1, 1, 1, 1]), one]],
    edges: edges.slice(0, 2),
  })
  expect(callsText(answerCallees(never, asked('f4'))).head).toEqual(['src/a.ts:f4 was never called.'])
  expect(callsText(answerCallers(never, asked('f4'))).head).toEqual(['src/a.ts:f4 was never called.'])
})

test('a recording without calls is refused', () => {
  const without = recordingOf({ sources: [[sourceWith('src/a.ts', [1, 1, 1]), one]] })
  expect(() => answerCallers(without, { ...asked('f4'), depth: 1 })).toThrow(
    expect.objectContaining({ code: 'TST_NO_CALLS' }),
  )
})
