import { type Part, RANGE, visitCounts } from './context-part.ts'
import { arraysOf, lengthOf, type NumberLists, numberListsFrom } from './number-lists.ts'

/** What is kept about contexts, as lists of numbers. */
export interface PackedContextCounts<Lists = NumberLists> {
  /** Of each the number of its range, its mask, and its counts. */
  readonly parts: Lists
  /** Of each row its parts, as places in `parts`; their ranges ascend. */
  readonly rows: Lists
  /** Of each row the contexts that it is true of: the first, then the distance of each from the one before it. */
  readonly contexts: Lists
}

/** What was counted in a row, places ascending: so many of both are there as `length` says. */
export interface RowCounts {
  readonly places: Uint32Array
  readonly counts: Float64Array
  readonly length: number
}

/**
 * Counts of contexts as they are kept, for those who go through so much that it must not be taken apart first. It stays as it
 * is.
 */
export class KeptCounts {
  /** The key of each context that there may be, by its number. Counts of one file have the same list. */
  readonly keys: readonly string[]
  /** How many parts there are. */
  readonly parts: number
  /** How many rows there are. */
  readonly rows: number
  readonly #packed: PackedContextCounts

  /** @param keys of contexts by their numbers, each another one */
  constructor(packed: PackedContextCounts, keys: readonly string[]) {
    this.keys = keys
    this.parts = lengthOf(packed.parts)
    this.rows = lengthOf(packed.rows)
    this.#packed = packed
  }

  /** Visits the parts of a row, as places in `parts`, in the order of what they hold. */
  visitRow(row: number, visit: (part: number) => void): void {
    const { numbers, starts } = this.#packed.rows
    const end = starts[row + 1] as number
    for (let at = starts[row] as number; at < end; at++) visit(numbers[at] as number)
  }

  /** Visits what a part holds, places ascending. */
  visitPart(part: number, visit: (place: number, count: number) => void): void {
    const { numbers, starts } = this.#packed.parts
    visitCounts(numbers, starts[part] as number, visit)
  }

  /** What was counted in a row. It holds until the next one is read. */
  countsOf(row: number): RowCounts {
    const { parts, rows } = this.#packed
    const most = RANGE * ((rows.starts[row + 1] as number) - (rows.starts[row] as number))
    if (most > room.places.length)
      room = { places: new Uint32Array(2 * most), counts: new Float64Array(2 * most), length: 0 }
    const { counts, places } = room
    let length = 0
    for (let at = rows.starts[row] as number; at < (rows.starts[row + 1] as number); at++) {
      let next = parts.starts[rows.numbers[at] as number] as number
      const first = (parts.numbers[next++] as number) * RANGE
      for (let bits = (parts.numbers[next++] as number) | 0; bits !== 0; bits &= bits - 1) {
        places[length] = first + 31 - Math.clz32(bits & -bits)
        counts[length++] = parts.numbers[next++] as number
      }
    }
    room.length = length
    return room
  }

  /** Visits the contexts of a row by their numbers, ascending; of some rows there may be none. */
  visitContexts(row: number, visit: (context: number) => void): void {
    const { numbers, starts } = this.#packed.contexts
    const end = starts[row + 1] as number
    let context = 0
    for (let at = starts[row] as number; at < end; at++) {
      context += numbers[at] as number
      visit(context)
    }
  }

  /** The same with other keys of contexts, by their numbers. */
  renamed(keys: readonly string[]): KeptCounts {
    return new KeptCounts(this.#packed, keys)
  }

  /** Parts and rows where something can be added to them. */
  taken(): { readonly parts: Part[]; readonly rows: number[][] } {
    return { parts: arraysOf(this.#packed.parts), rows: arraysOf(this.#packed.rows) }
  }
}

/** What was packed, as arrays, to be gone through. Parameters as for `KeptCounts`. */
export function keptFrom(
  { contexts, parts, rows }: PackedContextCounts<readonly (readonly number[])[]>,
  keys: readonly string[],
): KeptCounts {
  const packed = {
    parts: numberListsFrom(parts),
    rows: numberListsFrom(rows),
    contexts: numberListsFrom(contexts),
  }
  return new KeptCounts(packed, keys)
}

/** Room for the counts of one row; grows with the largest that comes. */
let room: { -readonly [Key in keyof RowCounts]: RowCounts[Key] } = {
  places: new Uint32Array(1024),
  counts: new Float64Array(1024),
  length: 0,
}
