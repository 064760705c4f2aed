import fc from 'fast-check'
import { expect, test } from 'vitest'
import { alignedLines } from '../../src/diff/aligned-lines.ts'
import { linesOfText } from '../../src/recording/lines-of-text.ts'

test('what stands in both texts is beside itself, whatever blanks are around it', () => {
  expect(alignedLines('a\nb\nc\n', 'a\n  b\nd\nc\n')).toEqual([
    [2, 0, 1],
    [1, 0, 0],
  ])
  expect(alignedLines('a\r\nb', 'c')).toEqual([[0, 2, 1]])
  expect(alignedLines('', '')).toEqual([])
  expect(alignedLines('', 'a\n')).toEqual([[0, 0, 1]])
})

test('each line of both texts is there once, and what is said to be the same is', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', '', ' a', '}'), { maxLength: 30 })
    .map((lines) => `${lines.join('\n')}\n`)
  fc.assert(
    fc.property(text, text, (before, after) => {
      const [one, other] = [before, after].map((whole) => linesOfText(whole).slice(0, -1)) as [
        string[],
        string[],
      ]
      let [from, to] = [0, 0]
      for (const [same, removed, added] of alignedLines(before, after)) {
        const trimmed = (lines: string[], at: number): string[] =>
          lines.slice(at, at + same).map((line) => line.trim())
        expect(trimmed(one, from)).toEqual(trimmed(other, to))
        from += same + removed
        to += same + added
      }
      expect([one.length - from, other.length - to]).toEqual([0, 0])
    }),
    { numRuns: 200 },
  )
})
