import { expect, test } from 'vitest'
import { recordedPage } from '../../src/app/recorded-page.ts'
import { flatRows, type Order, treeRows } from '../../src/app/source-rows.ts'

const NUMBERS = { lines: 10, missing: 1, hottest: 5, hottestLine: 1, calls: 2, count: 20 }

const { sources } = recordedPage({
  recordings: [],
  hasCalls: false,
  contexts: {},
  sources: [
    { path: 'lib/deep/er/x.ts', hash: 'aaaaaaaaaa', numbers: [{ ...NUMBERS, hottest: 99 }] },
    { path: 'src/a.ts', hash: 'bbbbbbbbbb', numbers: [NUMBERS] },
    { path: 'src/a.ts', hash: 'cccccccccc', numbers: [NUMBERS] },
    { path: 'src/in/b.ts', hash: 'dddddddddd', numbers: [{ ...NUMBERS, missing: 9 }] },
  ],
})
const BY_NAME: Order = { by: 'name', isDown: false }

test('folders have the numbers of what is in them, and one that has only one is one with it', () => {
  const rows = treeRows(sources, BY_NAME, () => true)
  expect(
    rows.map(({ depth, hottest, lines, missing, name }) => [depth, name, lines, missing, hottest]),
  ).toEqual([
    [0, 'lib/deep/er/', 10, 1, 99],
    [1, 'x.ts', 10, 1, 99],
    [0, 'src/', 30, 11, 5],
    [1, 'in/', 10, 9, 5],
    [2, 'b.ts', 10, 9, 5],
    [1, 'a.ts@bbbbbbbb', 10, 1, 5],
    [1, 'a.ts@cccccccc', 10, 1, 5],
  ])
})

test('what is in a closed folder is not there', () => {
  expect(treeRows(sources, BY_NAME, (key) => key === 'src/').map(({ name }) => name)).toEqual([
    'lib/deep/er/',
    'src/',
    'in/',
    'a.ts@bbbbbbbb',
    'a.ts@cccccccc',
  ])
})

test('a list is sorted by a number, and what is equal by name', () => {
  expect(flatRows(sources, { by: 'missing', isDown: true }).map(({ name }) => name)).toEqual([
    'src/in/b.ts',
    'lib/deep/er/x.ts',
    'src/a.ts@bbbbbbbb',
    'src/a.ts@cccccccc',
  ])
})
