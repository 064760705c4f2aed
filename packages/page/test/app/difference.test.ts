import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { differenceOf, distanceOf } from '../../src/app/comparison/difference.ts'

test.each([
  [0, 84, '+ only', 'more by-4', 'ran only in the second'],
  [12, 0, '− only', 'less by-4', 'ran only in the first'],
  [4, 6, '× 1.5', 'more by-1', '2 times more in the second'],
  [10, 20, '× 2', 'more by-2', '10 times more in the second'],
  [187, 134, '÷ 1.4', 'less by-1', '53 times less in the second'],
  [5, 6000, '× 1,200', 'more by-3', '5,995 times more in the second'],
  // A factor would say that nothing differs.
  [1000, 1001, '+1', 'more by-1', '1 times more in the second'],
  [100_001, 100_000, '−1', 'less by-1', '1 times less in the second'],
])('%i and %i differ as %s', (before, after, words, kind, said) => {
  expect(differenceOf([before, after])).toMatchObject({ words, kind, said })
})

test('the same numbers do not differ, and what ran in one alone differs most', () => {
  expect(differenceOf([3, 3])).toBeUndefined()
  const distances = [
    [3, 3],
    [100, 101],
    [200, 100],
    [1, 1_000_000],
    [1, 0],
    [0, 5],
  ].map(([from = 0, to = 0]) => distanceOf([from, to]))
  expect(distances).toEqual([...distances].sort((a, b) => a - b))
})

test('the map of a source has the colours of the lines', () => {
  const style = readFileSync(new URL('../../src/app/style/comparison.css', import.meta.url), 'utf8')
  const colours = new Map(
    [...style.matchAll(/^\.(more|less)\.(by-\d) \{\s*background: var\((--\w+)\)/gm)].map(
      ([, way, level, colour]) => [`${way} ${level}`, colour],
    ),
  )
  expect(colours.size).toBe(8)
  for (const [before, after] of [
    [100, 101],
    [1, 3],
    [1, 20],
    [0, 1],
  ] as const)
    for (const counts of [
      [before, after],
      [after, before],
    ] as const) {
      const { colour, kind } = differenceOf(counts) ?? {}
      expect(colour).toBe(colours.get(kind ?? ''))
    }
})
