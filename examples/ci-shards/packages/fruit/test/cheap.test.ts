import { expect, test } from 'vitest'
import { total } from '../src/price.ts'

test('adds up', () => {
  expect(total([300, 400])).toBe(700)
})
