import { decode, encode } from '@jridgewell/sourcemap-codec'
import { expect, test } from 'vitest'
import { chained, LineMap, withInsertions } from '../../src/compiled/line-map.ts'

const MAP = {
  version: 3 as const,
  sources: ['a.ts'],
  names: [],
  mappings: encode([
    [
      [0, 0, 4, 2],
      [6, 0, 4, 9],
    ],
  ]),
}

test('asks for exact places, and for what is behind them', () => {
  const map = new LineMap(MAP)
  expect(map.exactly({ line: 0, column: 6 })).toEqual({ line: 4, column: 9 })
  expect(map.exactly({ line: 0, column: 5 })).toBeUndefined()
  expect(map.behind({ line: 0, column: 1 })).toEqual({ line: 4, column: 9 })
  expect(map.behind({ line: 0, column: 6 })).toBeUndefined()
  expect(map.exactly({ line: 9, column: 0 })).toBeUndefined()
})

test('two maps become one', () => {
  const first = { version: 3 as const, sources: ['a.js'], names: [], mappings: encode([[[1, 0, 0, 6], [9]]]) }
  expect(decode(chained(first, MAP).mappings)).toEqual([[[1, 0, 4, 9], [9]]])
})

test('what stands behind an insertion moves with it, and the insertion leads where its place led', () => {
  // `const a` becomes `x++;const y++;a`.
  const inserted = encode([[[0], [4, 0, 0, 0], [10], [14, 0, 0, 6]]])
  expect(decode(withInsertions(MAP, inserted).mappings)).toEqual([
    [
      [0, 0, 4, 2],
      [4, 0, 4, 2],
      [10, 0, 4, 9],
      [14, 0, 4, 9],
    ],
  ])
})
