import { HINT_TOOLS } from '../instrument/ignore-hints.ts'
import { PRAGMA } from '../instrument/site-table-builder.ts'

const HINT = new RegExp(`/\\*\\s*(?:${HINT_TOOLS})\\s[^*]*\\*/|//\\s*(?:${HINT_TOOLS})\\s.*|${PRAGMA}`, 'g')

/**
 * A compiled text with blanks for its ignore hints: those that hold are read from the source, and a compiler moves them to
 * other lines.
 *
 * @param isKept whether the hint that ends at an offset stays
 */
export function withoutHints(compiled: string, isKept: (end: number) => boolean): string {
  return compiled.replace(HINT, (hint: string, at: number) =>
    isKept(at + hint.length) ? hint : hint.replace(/[^\n]/g, ' '),
  )
}
