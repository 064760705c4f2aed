import { type Part, RANGE, visitCounts } from './context-part.ts'

/**
 * Counts of places, each row of them kept once, and made of parts that are each kept once. Rows and parts are known by their
 * numbers, which stay.
 */
export class SharedRows {
  #parts: Part[]
  #rows: (readonly number[])[]
  readonly #partIds = new Map<string, number>()
  readonly #rowIds = new Map<string, number>()
  /** Whether parts and rows can be found by what is in them: what was read seldom has to be. */
  #isNumbered: boolean

  /**
   * @param parts what nobody else has
   * @param rows as `parts`; each a list of places there, of ranges that ascend
   */
  constructor(parts: Part[] = [], rows: (readonly number[])[] = []) {
    this.#parts = parts
    this.#rows = rows
    this.#isNumbered = parts.length === 0
  }

  get parts(): readonly Part[] {
    return this.#parts
  }

  /** The parts of each row. */
  get rows(): readonly (readonly number[])[] {
    return this.#rows
  }

  /** The parts of one row. */
  at(row: number): readonly number[] {
    return this.#rows[row] as readonly number[]
  }

  /** Place → count in a row. */
  counts(row: number): Map<number, number> {
    const counts = new Map<number, number>()
    this.visit(row, (place, count) => counts.set(place, count))
    return counts
  }

  /** Visits what was counted in a row, places ascending. */
  visit(row: number, visit: (place: number, count: number) => void): void {
    for (const id of this.at(row)) visitCounts(this.#parts[id] as Part, 0, visit)
  }

  /** @returns the row of these counts, which is made if there is none; undefined where nothing was counted */
  add(counts: ReadonlyMap<number, number>): number | undefined {
    const places = Float64Array.from(counts.keys()).sort()
    return this.addAscending(
      places,
      places.map((place) => counts.get(place) as number),
    )
  }

  /** As `add`, of places in any order, each of which may be there several times. Most are few, and ascend. */
  addInAnyOrder(places: ArrayLike<number>, counts: ArrayLike<number>): number | undefined {
    let at = 1
    while (at < places.length && (places[at] as number) > (places[at - 1] as number)) at++
    return at >= places.length ? this.addAscending(places, counts) : this.add(summed(places, counts))
  }

  /**
   * As `add`, and faster.
   *
   * @param places ascending, each once; undefined for 0, 1, 2 and so on
   * @param counts of those places
   */
  addAscending(places: ArrayLike<number> | undefined, counts: ArrayLike<number>): number | undefined {
    const parts: number[] = []
    let [range, mask]: [number, number] = [-1, 0]
    let ran: number[] = []
    const finish = (): void => {
      if (ran.length > 0) parts.push(this.#partFrom([range, mask >>> 0, ...ran]))
    }
    for (let at = 0; at < counts.length; at++) {
      const count = counts[at] as number
      if (count === 0) continue
      const place = places?.[at] ?? at
      if (Math.floor(place / RANGE) !== range) {
        finish()
        ;[range, mask, ran] = [Math.floor(place / RANGE), 0, []]
      }
      mask |= 1 << (place % RANGE)
      ran.push(count)
    }
    finish()
    return parts.length > 0 ? this.#rowFrom(parts) : undefined
  }

  /** @returns of each row of another the row here */
  addAll(other: SharedRows): number[] {
    if (this.#parts.length > 0)
      return other.#rows.map((row) =>
        this.#rowFrom(row.map((id) => this.#partFrom(other.#parts[id] as Part))),
      )
    // Nothing has to be compared where there is nothing.
    this.#parts = [...other.#parts]
    this.#rows = [...other.#rows]
    this.#isNumbered = false
    return this.#rows.map((_, row) => row)
  }

  #number(): void {
    if (this.#isNumbered) return
    this.#isNumbered = true
    for (const [id, part] of this.#parts.entries()) this.#partIds.set(part.join(), id)
    for (const [id, row] of this.#rows.entries()) this.#rowIds.set(row.join(), id)
  }

  #partFrom(part: Part): number {
    this.#number()
    return idOf(part, this.#parts, this.#partIds)
  }

  #rowFrom(row: readonly number[]): number {
    this.#number()
    return idOf(row, this.#rows, this.#rowIds)
  }
}

/** The place of a list among lists, where it is put if it is not there. */
function idOf(list: readonly number[], lists: (readonly number[])[], ids: Map<string, number>): number {
  const key = list.join()
  const known = ids.get(key)
  if (known !== undefined) return known
  ids.set(key, lists.length)
  lists.push(list)
  return lists.length - 1
}

function summed(places: ArrayLike<number>, counts: ArrayLike<number>): Map<number, number> {
  const sums = new Map<number, number>()
  for (let at = 0; at < places.length; at++) {
    const place = places[at] as number
    sums.set(place, (sums.get(place) ?? 0) + (counts[at] as number))
  }
  return sums
}
