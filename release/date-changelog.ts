/**
 * The changelog with its unreleased part under a version and a date.
 * @param date As in `2026-11-28`.
 */
export function dateChangelog(text: string, version: string, date: string): string {
  const headings = [...text.matchAll(/^## (\S+) \(unreleased\)$/gm)]
  const [heading] = headings
  if (!heading || headings.length > 1)
    throw new Error(
      `CHANGELOG.md has ${headings.length} headings as "## ${version} (unreleased)" instead of one.`,
    )
  const [above = '', below = ''] = text.split(heading[0])
  const [changes = ''] = below.split(/^## /m)
  if (changes.trim() === '') throw new Error(`CHANGELOG.md says nothing below "${heading[0]}".`)
  return `${above}## ${version} (${date})${below}`
}

/** Whether the changelog has a version with a date. */
export function isDated(text: string, version: string): boolean {
  return text
    .split('\n')
    .some((line) => line.startsWith(`## ${version} (`) && /\(\d{4}-\d\d-\d\d\)$/.test(line))
}
