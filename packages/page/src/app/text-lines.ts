/** A line of a text: where it begins, and where it ends without its break. */
export interface TextLine {
  readonly from: number
  readonly to: number
}

/** As listings have them. */
export function textLines(text: string): TextLine[] {
  const lines: TextLine[] = []
  let from = 0
  for (const { 0: end, index } of text.matchAll(/\r\n|\n|\r/g)) {
    lines.push({ from, to: index })
    from = index + end.length
  }
  if (from < text.length) lines.push({ from, to: text.length })
  return lines
}
