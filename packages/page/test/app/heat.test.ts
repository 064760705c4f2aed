import { expect, test } from 'vitest'
import { heatOf, levelOfShare } from '../../src/app/heat.ts'

test('heat is on a logarithmic scale, from 1 for one to 9 for the most', () => {
  expect([0, 1, 2, 10, 100, 1000, 10_000].map((count) => heatOf(count, 10_000))).toEqual([
    0, 1, 2, 3, 5, 7, 9,
  ])
  expect(heatOf(1, 1)).toBe(1)
  expect(heatOf(5, 5)).toBe(9)
})

test('shares are on a linear one: no level is for none, and every share has one', () => {
  expect([0, 0.001, 0.5, 0.999, 1].map(levelOfShare)).toEqual([0, 1, 5, 9, 9])
})
