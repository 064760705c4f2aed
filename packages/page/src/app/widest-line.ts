import type { TextLine } from './text-lines.ts'

/** Of the longest line, in characters; tabs are 8, as in listings. */
export function widestLine(text: string, lines: readonly TextLine[]): number {
  let most = 0
  for (const { from, to } of lines)
    if (to - from > most / 8) {
      const part = text.slice(from, to)
      most = Math.max(most, part.length + 7 * (part.split('\t').length - 1))
    }
  return most
}
