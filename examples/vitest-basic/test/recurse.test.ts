import { expect, test, vi } from 'vitest'
import { recurse } from '../src/recurse.ts'

test('recurse counts down to 0', () => {
  const log = vi.spyOn(console, 'log')
  recurse(2)
  expect(log.mock.calls).toEqual([['recurse(2)'], ['recurse(1)'], ['recurse(0)']])
})
