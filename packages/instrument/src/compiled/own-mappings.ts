import { encode, type SourceMapSegment } from '@jridgewell/sourcemap-codec'

/**
 * The mappings of a text to itself that Vite makes where no plugin has changed it: a segment for each word, and for each character
 * that is of none (`hires: 'boundary'` of magic-string).
 */
export function ownMappings(text: string): string {
  return encode(
    text
      .split('\n')
      .map((line, number) =>
        Array.from(line.matchAll(/\w+|\W/g), ({ index }): SourceMapSegment => [index, 0, number, index]),
      ),
  )
}
