/** Numbers, and what they are of. */
export interface NumberedText {
  readonly numbers: readonly (number | string)[]
  readonly text: string
}

/** Rows whose numbers stand below each other, to the right, in front of their texts; above them their headings, if there are any. */
export function columns(rows: readonly NumberedText[], headings: readonly string[] = []): string[] {
  const cells = rows.map(({ numbers }) => numbers.map(String))
  const all = headings.length > 0 ? [headings, ...cells] : cells
  const widths = (all[0] ?? []).map((_, at) =>
    all.reduce((most, row) => Math.max(most, row[at]?.length ?? 0), 0),
  )
  const lined = all.map((row) => `  ${row.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  ')}`)
  const texts = [...(headings.length > 0 ? [''] : []), ...rows.map(({ text }) => text)]
  return lined.map((line, at) => (texts[at] ? `${line}  ${texts[at]}` : line))
}
