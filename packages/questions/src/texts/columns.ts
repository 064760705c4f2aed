/** Rows whose numbers stand below each other, to the right, in front of their texts. */
export function columns(
  rows: readonly { readonly numbers: readonly number[]; readonly text: string }[],
): string[] {
  const widths = (rows[0]?.numbers ?? []).map((_, at) =>
    rows.reduce((most, { numbers }) => Math.max(most, String(numbers[at]).length), 0),
  )
  return rows.map(({ numbers, text }) => {
    const cells = numbers.map((number, at) => String(number).padStart(widths[at] ?? 0))
    return `  ${[...cells, text].join('  ')}`
  })
}
