/** Lists of numbers, one behind the other: as so many short arrays they would keep the garbage collector busy. */
export interface NumberLists {
  readonly numbers: Float64Array
  /** Where each list starts in `numbers`, and behind them where the last one ends. */
  readonly starts: Uint32Array
}

/** How many lists there are. */
export function lengthOf({ starts }: NumberLists): number {
  return starts.length - 1
}

/** One of the lists, as an array. */
function listAt({ numbers, starts }: NumberLists, at: number): number[] {
  const list: number[] = []
  const end = starts[at + 1] as number
  for (let i = starts[at] as number; i < end; i++) list.push(numbers[i] as number)
  return list
}

/** All of the lists, as arrays. */
export function arraysOf(lists: NumberLists): number[][] {
  return Array.from({ length: lengthOf(lists) }, (_, at) => listAt(lists, at))
}

/** The opposite of `arraysOf`. */
export function numberListsFrom(arrays: readonly (readonly number[])[]): NumberLists {
  const starts = new Uint32Array(arrays.length + 1)
  for (const [at, { length }] of arrays.entries()) starts[at + 1] = (starts[at] as number) + length
  const numbers = new Float64Array(starts[arrays.length] as number)
  for (const [at, array] of arrays.entries()) numbers.set(array, starts[at])
  return { numbers, starts }
}
