import { expect, test } from 'vitest'
import { total } from '../src/price.ts'

test('gives a discount', () => {
  expect(total([1000, 500, 500])).toBe(1800)
})
