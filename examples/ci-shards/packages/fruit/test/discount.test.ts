import { expect, test } from 'vitest'
import { discounted } from '../src/price.ts'

test('has a limit', () => {
  expect(discounted(1000)).toBe(1000)
})
