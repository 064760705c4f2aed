import type { OpenedPair } from './opened-pair.ts'

/** A row of the list: a line, or lines that are left out. */
export interface ShownRow {
  /** Place among the rows of the source; of lines that are left out, of the first. */
  readonly row: number
  /** How many lines are left out; 0 for a line. */
  readonly left: number
}

/** So many lines are shown around what differs. */
const AROUND = 3

interface Choice {
  readonly isShort: boolean
  /** The row that is looked at, which is always shown; -1 for none. */
  readonly row: number
}

export function shownRows({ differing, rows }: OpenedPair, { isShort, row }: Choice): readonly ShownRow[] {
  if (!isShort) return rows.map((_, place) => ({ row: place, left: 0 }))
  const wanted = new Set<number>()
  for (const place of row >= 0 ? [...differing, row] : differing)
    for (let at = place - AROUND; at <= place + AROUND; at++) wanted.add(at)
  const found: { row: number; left: number }[] = []
  for (const place of rows.keys()) {
    const last = found.at(-1)
    if (wanted.has(place)) found.push({ row: place, left: 0 })
    else if (last && last.left > 0) last.left += 1
    else found.push({ row: place, left: 1 })
  }
  return found
}
