import { encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec'
import { expect, test } from 'vitest'
import { Mappings } from '../../src/instrument/mappings.ts'

test('mappings are those of the library, also where they are longer than what is written at once', () => {
  const lines = Array.from({ length: 2_000 }, (_, line): SourceMapSegment[] =>
    Array.from({ length: line % 9 }, (_, at): SourceMapSegment => {
      const place = at * (1 + (line % 70_000))
      return at % 4 === 3 ? [place] : [place, 0, Math.abs(line * 37 - at * 1_000_003), at * 40 + (line % 33)]
    }),
  )
  const encoded = encode(lines)
  expect(encoded.length).toBeGreaterThan(3 * 16_384)
  expect(mapped(lines)).toBe(encoded)
})

test('tokens that are as far from each other as in the source are encoded as the library does', () => {
  const steps = [0, 1, 15, 16, 17, 31, 32, 1, 1]
  const lines = Array.from({ length: 40 }, (_, row): SourceMapSegment[] => {
    let at = row % 20
    return steps.map((step, index) => {
      at += step
      // Behind what was inserted the columns are others, and now and then a token is of another line.
      return [at + (index > 3 ? row : 0), 0, index === 6 ? row + 1 : row, at]
    })
  })
  expect(mapped(lines)).toBe(encode(lines))
})

function mapped(lines: readonly (readonly SourceMapSegment[])[]): string {
  const mappings = new Mappings()
  for (const [line, segments] of lines.entries()) {
    if (line > 0) mappings.endLine()
    for (const [place, source, row = 0, column = 0] of segments)
      if (source === undefined) mappings.addUnmapped(place)
      else mappings.add(place, row, column)
  }
  return mappings.finish()
}
