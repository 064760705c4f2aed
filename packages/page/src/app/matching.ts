/** What a filter leaves: every word of it has to be somewhere in the label. */
export function matching<Listed extends { readonly label: string }>(
  all: readonly Listed[],
  filter: string,
): readonly Listed[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean)
  return all.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
}
