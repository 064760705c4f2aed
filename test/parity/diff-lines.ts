/** A place where two texts differ: what one has and the other has instead. */
export interface Difference {
  readonly python: readonly string[]
  readonly ours: readonly string[]
}

/** The fewest places in which two lists of lines differ, by their longest common part. */
export function differencesOf(python: readonly string[], ours: readonly string[]): Difference[] {
  const common = commonLengths(python, ours)
  const found: { python: string[]; ours: string[] }[] = []
  let open: { python: string[]; ours: string[] } | undefined
  const change = (side: keyof Difference, line: string): void => {
    if (!open) {
      open = { python: [], ours: [] }
      found.push(open)
    }
    open[side].push(line)
  }
  for (let p = 0, o = 0; p < python.length || o < ours.length; ) {
    if (p < python.length && python[p] === ours[o]) {
      open = undefined
      p++
      o++
    } else if (
      o === ours.length ||
      (p < python.length && lengthAt(common, p + 1, o) >= lengthAt(common, p, o + 1))
    )
      change('python', python[p++] as string)
    else change('ours', ours[o++] as string)
  }
  return found
}

function commonLengths(a: readonly string[], b: readonly string[]): number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0))
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i] as number[]
      row[j] =
        a[i] === b[j]
          ? 1 + lengthAt(lengths, i + 1, j + 1)
          : Math.max(lengthAt(lengths, i + 1, j), lengthAt(lengths, i, j + 1))
    }
  }
  return lengths
}

function lengthAt(lengths: readonly (readonly number[])[], i: number, j: number): number {
  return lengths[i]?.[j] ?? 0
}
