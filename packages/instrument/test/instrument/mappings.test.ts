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
  const mappings = new Mappings()
  for (const [line, segments] of lines.entries()) {
    if (line > 0) mappings.endLine()
    for (const [place, source, row = 0, column = 0] of segments)
      if (source === undefined) mappings.addUnmapped(place)
      else mappings.add(place, row, column)
  }
  const encoded = encode(lines)
  expect(encoded.length).toBeGreaterThan(3 * 16_384)
  expect(mappings.finish()).toBe(encoded)
})
