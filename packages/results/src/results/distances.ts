/** The opposite of `distances`, of all rows: each number as a key, with its row. */
export function* unpacked(
  rows: readonly (readonly number[])[],
  keyAt: (index: number) => string,
): Generator<[context: string, row: number], void> {
  for (let row = 0; row < rows.length; row++) {
    let context = 0
    for (const distance of rows[row] as readonly number[]) {
      context += distance
      yield [keyAt(context), row]
    }
  }
}

/** Numbers that ascend: the first, then the distance of each from the one before it. */
export function distances(numbers: readonly number[]): number[] {
  return numbers.map((number, at) => number - (numbers[at - 1] ?? 0))
}
