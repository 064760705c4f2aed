import fastStringWidth from 'fast-string-width'

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  return fastStringWidth(text)
}

const CUT = '…'

/** A path that takes at most so many columns: of a longer one the middle is left out, since its end says most. */
export function shortenedPath(path: string, columns: number): string {
  if (widthOf(path) <= columns) return path
  // It takes 10 ms to make: most processes print no path that is too long.
  const parts = [...new Intl.Segmenter().segment(path)].map(({ segment }) => segment)
  const room = Math.max(0, columns - 1)
  const end = taken(parts.toReversed(), Math.ceil((room * 2) / 3)).toReversed()
  const start = taken(parts, room - widthOf(end.join('')))
  return `${start.join('')}${CUT}${end.join('')}`
}

/** The first that fit. */
function taken(parts: readonly string[], columns: number): string[] {
  let width = 0
  const first = parts.findIndex((part) => {
    width += widthOf(part)
    return width > columns
  })
  return first < 0 ? [...parts] : parts.slice(0, first)
}
