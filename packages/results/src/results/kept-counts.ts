import { type Part, visitCounts } from './context-part.ts'
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

/**
 * Counts of contexts as they are kept, for those who go through so much that it must not be taken apart first. It stays as it
 * is.
 */
export class KeptCounts {
  /** How many parts there are. */
  readonly parts: number
  /** How many rows there are. */
  readonly rows: number
  readonly #packed: PackedContextCounts
  readonly #keyAt: (index: number) => string

  /** @param keyAt the context with a number; another one for another number */
  constructor(packed: PackedContextCounts, keyAt: (index: number) => string) {
    this.parts = lengthOf(packed.parts)
    this.rows = lengthOf(packed.rows)
    this.#packed = packed
    this.#keyAt = keyAt
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

  /** Visits the contexts of a row by their keys; of some rows there may be none. */
  visitContexts(row: number, visit: (context: string) => void): void {
    const { numbers, starts } = this.#packed.contexts
    const end = starts[row + 1] as number
    let context = 0
    for (let at = starts[row] as number; at < end; at++) {
      context += numbers[at] as number
      visit(this.#keyAt(context))
    }
  }

  /** The same with other keys of contexts. */
  renamed(keyFrom: (key: string) => string): KeptCounts {
    return new KeptCounts(this.#packed, (index) => keyFrom(this.#keyAt(index)))
  }

  /** Parts and rows where something can be added to them. */
  taken(): { readonly parts: Part[]; readonly rows: number[][] } {
    return { parts: arraysOf(this.#packed.parts), rows: arraysOf(this.#packed.rows) }
  }
}

/** What was packed, as arrays, to be gone through. Parameters as for `KeptCounts`. */
export function keptFrom(
  { contexts, parts, rows }: PackedContextCounts<readonly (readonly number[])[]>,
  keyAt: (index: number) => string,
): KeptCounts {
  const packed = {
    parts: numberListsFrom(parts),
    rows: numberListsFrom(rows),
    contexts: numberListsFrom(contexts),
  }
  return new KeptCounts(packed, keyAt)
}
