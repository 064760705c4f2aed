/** How many levels of heat there are above 0, which is for what never ran. */
const LEVELS = 9

/** The level of a count on a logarithmic scale: 1 for 1, `LEVELS` for the most. */
export function heatOf(count: number, most: number): number {
  if (count <= 0) return 0
  if (count === 1 || most <= 1) return 1
  return 1 + Math.min(LEVELS - 1, Math.ceil(((LEVELS - 1) * Math.log2(count)) / Math.log2(most)))
}

/** The level of a share, from 0 to 1, on a linear scale: 0 for none, `LEVELS` for all. */
export function levelOfShare(share: number): number {
  return share <= 0 ? 0 : Math.min(LEVELS, Math.ceil(share * LEVELS))
}
