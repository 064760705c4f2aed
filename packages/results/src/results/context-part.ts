/** How many places are kept together: they are near each other, and so is how often they run. */
export const RANGE = 32

/**
 * What ran of one range of places: the number of the range, a mask that has bit `i` set where the range's place `i` was
 * counted, and the counts of those places, none of which is 0. `[1, 5, 7, 9]` are 7 at place 32 and 9 at place 34.
 */
export type Part = readonly number[]

/**
 * Visits what a part holds, places ascending.
 *
 * @param numbers with those of the part among them
 * @param start where they begin
 * @returns where they end
 */
export function visitCounts(
  numbers: ArrayLike<number>,
  start: number,
  visit: (place: number, count: number) => void,
): number {
  const first = (numbers[start] as number) * RANGE
  let at = start + 2
  for (let bits = (numbers[start + 1] as number) | 0; bits !== 0; bits &= bits - 1)
    visit(first + 31 - Math.clz32(bits & -bits), numbers[at++] as number)
  return at
}

/** The same as a list. */
export function countsIn(part: Part): [place: number, count: number][] {
  const found: [number, number][] = []
  visitCounts(part, 0, (place, count) => found.push([place, count]))
  return found
}
