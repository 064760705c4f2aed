/**
 * Replaces tabs by blanks up to the next multiple of 8, as Python's `str.expandtabs(8)`: every code point
 * counts one column, and the column restarts after `\r` and `\n`.
 */
export function expandTabs(text: string): string {
  if (!text.includes('\t')) return text
  let column = 0
  let expanded = ''
  for (const character of text) {
    const isBreak = character === '\n' || character === '\r'
    const shown = character === '\t' ? ' '.repeat(8 - (column % 8)) : character
    expanded += shown
    column = isBreak ? 0 : column + (character === '\t' ? shown.length : 1)
  }
  return expanded
}
