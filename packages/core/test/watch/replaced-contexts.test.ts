import { expect, test } from 'vitest'
import { isReplaced } from '../../src/watch/replaced-contexts.ts'

const aTest = (...titles: string[]): unknown[] => ['test', titles, 0, 0, 0, 0]

test.each<[isReplaced: boolean, told: unknown[]]>([
  [true, ['import']],
  [true, ['late']],
  [true, ['named', 'a phase']],
  [true, aTest('outer', 'ran')],
  [false, aTest('outer', 'left out')],
  // The test was removed from its file.
  [true, aTest('outer', 'gone')],
  [true, ['hooks', []]],
  [true, ['hooks', ['outer']]],
  [false, ['hooks', ['other']]],
  [true, ['hooks', ['gone']]],
  [false, ['overlap', [aTest('outer', 'left out'), ['hooks', ['other']]]]],
  [true, ['overlap', [aTest('outer', 'left out'), aTest('outer', 'ran')]]],
])('%s: %j', (expected, told) => {
  const tests = {
    ran: [['outer', 'ran']],
    leftOut: [
      ['outer', 'left out'],
      ['other', 'inner', 'left out'],
    ],
  }
  expect(isReplaced(JSON.stringify(told), tests)).toBe(expected)
})

test('a whole test file is replaced by a part of it', () => {
  expect(isReplaced(undefined, { ran: [], leftOut: [['left out']] })).toBe(true)
})
