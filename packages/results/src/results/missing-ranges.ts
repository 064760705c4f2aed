/** Lines, 1-based, from the first to the last of them. */
export interface Lines {
  readonly from: number
  readonly to: number
}

/**
 * Lines that are missing, those together between which no executable line ran.
 *
 * @param counts of all executable lines, ascending
 * @param missing those of them that never ran and should have
 */
export function missingRanges(counts: ReadonlyMap<number, number>, missing: Iterable<number>): Lines[] {
  const never = new Set(missing)
  const ranges: { from: number; to: number }[] = []
  let isOpen = false
  for (const [line, count] of counts) {
    const isMissing = never.has(line)
    if (count === 0 && !isMissing) continue
    const last = ranges.at(-1)
    if (isMissing && isOpen && last) last.to = line
    else if (isMissing) ranges.push({ from: line, to: line })
    isOpen = isMissing
  }
  return ranges
}

/** `40`, `52-58`. */
export function linesText({ from, to }: Lines): string {
  return from === to ? String(from) : `${from}-${to}`
}
