import { expect, test } from 'vitest'
import { blobText } from '../src/blob-counts.ts'

test('counts that come in pieces are one text in a blob', () => {
  expect(blobText(['tstrace-counts\t1\n', 'source\t"a.ts"\n'])).toBe('tstrace-counts\t1\nsource\t"a.ts"\n')
  expect(blobText([])).toBe('')
})

test('counts that are too long for a blob are left out of it at once, with a sentence', () => {
  let asked = 0
  function* endless(): Generator<string> {
    // In JSON, each of these takes two characters.
    const piece = '"'.repeat(2 ** 20)
    for (;;) {
      asked++
      yield piece
    }
  }
  expect(() => blobText(endless())).toThrow(
    expect.objectContaining({ code: 'TST_COUNTS_TOO_LARGE', message: expect.stringContaining('268435456') }),
  )
  expect(asked).toBeLessThanOrEqual(129)
})
