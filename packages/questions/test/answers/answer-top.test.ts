import { expect, test } from 'vitest'
import { answerTop, type TopOrder } from '../../src/answers/answer-top.ts'
import { findTarget } from '../../src/recording/find-target.ts'
import { jsonOfAnswer } from '../../src/texts/answer-json.ts'
import { printedAnswer } from '../../src/texts/answer-text.ts'
import { topText } from '../../src/texts/top-text.ts'
import { recordingOf, sourceWith } from '../recorded.ts'
import { recordingOfText } from '../recorded-text.ts'

const script = `function add(a, b) {
  return a + b
}
function sum(xs) {
  let total = 0
  for (const x of xs) total = add(total, x)
  return total
}
`

const recording = recordingOfText(script, ['sum([1, 2, 3])', 'sum([])', 'add(1, 2)'])

function rowsBy(by: TopOrder, word = '.', test = ''): (readonly unknown[])[] {
  const { rows, total } = answerTop(recording, {
    by,
    target: findTarget(recording, word),
    test,
  })
  return rows.map(({ calls, count, function: name, line, share }) => {
    expect(share).toBe(count / total)
    return [line, name, count, ...(calls === undefined ? [] : [calls])]
  })
}

test('lines by count', () => {
  expect(rowsBy('count')).toEqual([
    [6, 'sum', 5],
    [2, 'add', 4],
    [5, 'sum', 2],
    [7, 'sum', 2],
    [1, '<module>', 1],
    [4, '<module>', 1],
  ])
})

test('functions by calls', () => {
  expect(rowsBy('calls')).toEqual([
    [1, 'add', 4, 4],
    [4, 'sum', 9, 2],
    [1, '<module>', 2, 1],
  ])
})

test('functions by their share', () => {
  expect(rowsBy('share')).toEqual([
    [4, 'sum', 9, 2],
    [1, 'add', 4, 4],
    [1, '<module>', 2, 1],
  ])
})

test('in a test, in a function, in lines', () => {
  expect(rowsBy('count', '.', 'sum([])')).toEqual([
    [5, 'sum', 1],
    [6, 'sum', 1],
    [7, 'sum', 1],
  ])
  expect(rowsBy('count', 'add')).toEqual([[2, 'add', 4]])
  expect(rowsBy('count', 'src/a.js:1-2')).toEqual([
    [2, 'add', 4],
    [1, '<module>', 1],
  ])
})

test('to read', () => {
  const answer = answerTop(recording, { by: 'calls', target: findTarget(recording, '.'), test: '' })
  expect(
    printedAnswer({ ...topText(answer), foot: [] }, false),
  ).toBe(`Functions by how often they were called, and their share of all counts, which are 15:

  calls  count   share
      4      4  26.7 %  src/a.js:1  add
      2      9  60.0 %  src/a.js:4  sum
      1      2  13.3 %  src/a.js:1  <module>
`)
})

test('the first rows, where only those are wanted, and how many more there are', () => {
  const asked = { target: findTarget(recording, '.'), test: '' }
  for (const by of ['count', 'calls', 'share'] as const) {
    const all = answerTop(recording, { ...asked, by })
    const some = answerTop(recording, { ...asked, by, most: 2 })
    expect(some).toEqual({ ...all, rows: all.rows.slice(0, 2), more: all.rows.length - 2 })
    expect(printedAnswer(topText(some), false)).toContain(`\n… ${some.more} more; --all shows them.\n`)
    expect(JSON.parse(jsonOfAnswer(some, false))).toMatchObject({ more: some.more })
  }
})

test('where nothing ran', () => {
  const empty = recordingOf({ sources: [[sourceWith('src/a.ts', [0, 0])]] })
  expect(topText(answerTop(empty, { by: 'count', target: findTarget(empty, '.'), test: '' })).head).toEqual([
    'Nothing ran.',
  ])
})
