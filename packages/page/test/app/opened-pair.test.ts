import { expect, test } from 'vitest'
import { addressOf, openedPair, rowAt } from '../../src/app/comparison/opened-pair.ts'
import { shownRows } from '../../src/app/comparison/shown-rows.ts'
import type { ComparedLine, ComparedSourceData } from '../../src/comparison-data.ts'

const EMPTY: ComparedSourceData = {
  texts: [null, null],
  runs: [],
  counts: [[], []],
  missing: [[], []],
  differences: [],
  functions: [[], []],
}

function different(before: number, after: number, counts: [number, number]): ComparedLine {
  return { lines: [before, after], counts }
}

test('lines of both texts stand beside each other, and what differs with the line of the second text', () => {
  const pair = openedPair({
    ...EMPTY,
    texts: ['a\nb\nc\n', 'a\nx\ny\nc\n'],
    runs: [
      [1, 1, 2],
      [1, 0, 0],
    ],
    counts: [
      [
        [1, 4],
        [2, 7],
      ],
      [
        [1, 4],
        [2, 9],
        [3, 1],
      ],
    ],
    // Line 2 was rewritten as line 2; line 3 is new.
    differences: [different(2, 2, [7, 9]), different(0, 3, [0, 1])],
  })
  expect(pair.rows.map(({ counts, lines }) => [...lines, ...counts])).toEqual([
    [1, 1, 4, 4],
    [2, 0, 7, undefined],
    [0, 2, undefined, 9],
    [0, 3, undefined, 1],
    [3, 4, undefined, undefined],
  ])
  expect(pair.differing).toEqual([2, 3])
  expect(pair.rows.map(addressOf)).toEqual([1, -2, 2, 3, 4])
  expect([1, -2, 2, 3, 4, 5, -1].map((line) => rowAt(pair, line))).toEqual([0, 1, 2, 3, 4, -1, 0])
})

test('one text in both is there once; without texts there are numbers', () => {
  const same = openedPair({ ...EMPTY, texts: [null, 'a\nb\n'], runs: [[2, 0, 0]] })
  expect(same.texts).toEqual(['a\nb\n', 'a\nb\n'])
  const onlyAfter = openedPair({ ...EMPTY, texts: [null, 'a\n'], runs: [[0, 0, 1]] })
  expect(onlyAfter.texts).toEqual(['', 'a\n'])
  const unknown = openedPair({ ...EMPTY, texts: [null, 'a\n'], counts: [[[3, 1]], [[2, 5]]] })
  expect(unknown.texts).toEqual(['', ''])
  expect(unknown.rows.map(({ lines }) => lines)).toEqual([
    [0, 2],
    [3, 0],
  ])
})

test('of several differences on a line the largest is in front', () => {
  const differences = [different(1, 1, [4, 5]), different(1, 1, [3, 0]), different(1, 1, [1, 9])]
  const { rows } = openedPair({ ...EMPTY, texts: [null, 'a\n'], runs: [[1, 0, 0]], differences })
  expect(rows[0]?.differences.map(({ counts }) => counts)).toEqual([
    [3, 0],
    [1, 9],
    [4, 5],
  ])
})

test('only what differs, what is around it and what is looked at are shown, with how much is left out', () => {
  const pair = openedPair({
    ...EMPTY,
    texts: [null, 'x\n'.repeat(40)],
    runs: [[40, 0, 0]],
    differences: [different(10, 10, [1, 2])],
  })
  const shown = shownRows(pair, { isShort: true, row: 30 }).map(({ left, row }) =>
    left > 0 ? `${left}` : row,
  )
  expect(shown).toEqual(['6', 6, 7, 8, 9, 10, 11, 12, '14', 27, 28, 29, 30, 31, 32, 33, '6'])
  expect(shownRows(pair, { isShort: false, row: -1 })).toHaveLength(40)
})
