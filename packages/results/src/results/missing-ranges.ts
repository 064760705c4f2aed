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
  const ranges = new MissingRanges()
  for (const [line, count] of counts) {
    if (never.has(line)) ranges.add(line)
    else if (count > 0) ranges.end()
  }
  return ranges.all
}

/** Puts missing lines together, which come ascending. */
export class MissingRanges {
  readonly all: { from: number; to: number }[] = []
  #isOpen = false

  /** Adds a line that is missing. */
  add(line: number): void {
    const last = this.#isOpen ? this.all.at(-1) : undefined
    if (last) last.to = line
    else this.all.push({ from: line, to: line })
    this.#isOpen = true
  }

  /** Says that a line ran. */
  end(): void {
    this.#isOpen = false
  }
}

/** `40`, `52-58`. */
export function linesText({ from, to }: Lines): string {
  return from === to ? String(from) : `${from}-${to}`
}
