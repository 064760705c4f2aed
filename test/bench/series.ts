/** Times of one thing, in milliseconds, or ratios of such times. */
export type Series = readonly number[]

export function minimum(series: Series): number {
  return Math.min(...series)
}

export function median(series: Series): number {
  const sorted = series.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

export function maximum(series: Series): number {
  return Math.max(...series)
}

/** How far the middle of a series lies above its best value, in percent: what the machine adds. */
export function noise(series: Series): number {
  return (median(series) / minimum(series) - 1) * 100
}
