/** Places whose counts are kept together: how often they run goes together, too. */
const PART = 32

/** Places and their counts in turn, ascending by place: `[3, 1, 5, 12]`. No count is 0. */
type Part = readonly number[]

interface Renaming {
  /** What a context of the other is called here. Default: the same. */
  readonly contextFrom?: (context: string) => string
  /** What a place of the other is called here; undefined for one that is left out. Default: the same. */
  readonly placeFrom?: (place: number) => number | undefined
}

/** What is kept about contexts, as lists of numbers. */
export interface PackedContextCounts {
  /** Places, each as the distance from the one before it (the first from 0), and their counts in turn. */
  readonly parts: readonly (readonly number[])[]
  /** Of each row its parts, as places in `parts`. */
  readonly rows: readonly (readonly number[])[]
  /** Of each row the contexts that it is true of, ascending. */
  readonly contexts: readonly (readonly number[])[]
}

/**
 * How often each of some places was counted in each of some contexts. What ran equally often in several contexts is kept
 * once, in rows and in parts of rows, since most tests run the same code on their way to their own.
 */
export class ContextCounts {
  readonly #parts: Part[] = []
  readonly #partIds = new Map<string, number>()
  readonly #rows: (readonly number[])[] = []
  readonly #rowIds = new Map<string, number>()
  /** By key of the context. */
  readonly #rowOf = new Map<string, number>()

  /** Keys of the contexts in which anything was counted. */
  contexts(): Iterable<string> {
    return this.#rowOf.keys()
  }

  /** Place → count in one context. */
  of(context: string): Map<number, number> {
    const row = this.#rowOf.get(context)
    return row === undefined ? new Map() : this.#counts(this.#rows[row] as readonly number[])
  }

  /** Adds counts to those of a context. */
  add(context: string, counts: Iterable<readonly [place: number, count: number]>): void {
    const sums = this.of(context)
    for (const [place, count] of counts) sums.set(place, (sums.get(place) ?? 0) + count)
    const row = this.#rowFrom(sums)
    if (row !== undefined) this.#rowOf.set(context, row)
  }

  /** Adds everything of another; what is there may be called otherwise here. */
  addAll(other: ContextCounts, { contextFrom, placeFrom }: Renaming = {}): void {
    const rows = other.#rows.map((row) =>
      placeFrom ? this.#rowFrom(renamed(other.#counts(row), placeFrom)) : this.#rowOfSame(other, row),
    )
    for (const [theirs, row] of [...other.#rowOf]) {
      const context = contextFrom?.(theirs) ?? theirs
      const own = rows[row]
      if (own === undefined) continue
      if (this.#rowOf.has(context)) this.add(context, this.#counts(this.#rows[own] as readonly number[]))
      else this.#rowOf.set(context, own)
    }
  }

  /** What happened in each context that has one of some places; what is equal in several is told once. */
  *having(places: ReadonlySet<number>): Generator<{ contexts: string[]; counts: Map<number, number> }> {
    const parts = new Set(
      this.#parts.flatMap((part, id) => (part.some((n, at) => at % 2 === 0 && places.has(n)) ? [id] : [])),
    )
    for (const [id, contexts] of this.#contextsOfRows()) {
      const row = this.#rows[id] as readonly number[]
      if (row.some((part) => parts.has(part))) yield { contexts, counts: this.#counts(row) }
    }
  }

  /**
   * The same numbers for the same counts, however they came together.
   *
   * @param indexOf the number of a context
   */
  pack(indexOf: (context: string) => number): PackedContextCounts {
    const rows = [...this.#contextsOfRows()]
      .map(([row, contexts]) => ({ row, contexts: contexts.map(indexOf).sort(ascending) }))
      .sort((a, b) => (a.contexts[0] as number) - (b.contexts[0] as number))
    const used = [...new Set(rows.flatMap(({ row }) => this.#rows[row] as readonly number[]))]
    used.sort((a, b) => compareNumbers(this.#parts[a] as Part, this.#parts[b] as Part))
    const idOf = new Map(used.map((part, id) => [part, id]))
    return {
      parts: used.map((part) => distances(this.#parts[part] as Part)),
      rows: rows.map(({ row }) =>
        (this.#rows[row] as readonly number[]).map((part) => idOf.get(part) as number),
      ),
      contexts: rows.map(({ contexts }) => contexts),
    }
  }

  /**
   * The opposite of `pack`.
   *
   * @param keyAt the context with a number
   */
  static unpack(
    { contexts, parts, rows }: PackedContextCounts,
    keyAt: (index: number) => string,
  ): ContextCounts {
    const counts = new ContextCounts()
    const ids = parts.map((part) => counts.#partFrom(placesFrom(part)))
    for (const [at, row] of rows.entries()) {
      const own = counts.#rowOfParts(row.map((part) => ids[part] as number))
      for (const context of contexts[at] as readonly number[]) counts.#rowOf.set(keyAt(context), own)
    }
    return counts
  }

  /** Of each row that is true of any the keys of those contexts. */
  #contextsOfRows(): Map<number, string[]> {
    const contextsOf = new Map<number, string[]>()
    for (const [context, row] of this.#rowOf) {
      const others = contextsOf.get(row)
      if (others) others.push(context)
      else contextsOf.set(row, [context])
    }
    return contextsOf
  }

  #counts(row: readonly number[]): Map<number, number> {
    const counts = new Map<number, number>()
    for (const id of row) {
      const part = this.#parts[id] as Part
      for (let at = 0; at < part.length; at += 2) counts.set(part[at] as number, part[at + 1] as number)
    }
    return counts
  }

  /** Undefined where nothing was counted. */
  #rowFrom(counts: ReadonlyMap<number, number>): number | undefined {
    const parts: number[] = []
    let part: number[] = []
    for (const place of [...counts.keys()].sort(ascending)) {
      const count = counts.get(place) as number
      if (count === 0) continue
      if (part.length > 0 && Math.floor((part[0] as number) / PART) !== Math.floor(place / PART)) {
        parts.push(this.#partFrom(part))
        part = []
      }
      part.push(place, count)
    }
    if (part.length > 0) parts.push(this.#partFrom(part))
    return parts.length > 0 ? this.#rowOfParts(parts) : undefined
  }

  #rowOfSame(other: ContextCounts, row: readonly number[]): number {
    return this.#rowOfParts(row.map((id) => this.#partFrom(other.#parts[id] as Part)))
  }

  #partFrom(part: Part): number {
    return idOf(part, this.#parts, this.#partIds)
  }

  #rowOfParts(row: readonly number[]): number {
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

function renamed(
  counts: ReadonlyMap<number, number>,
  placeFrom: (place: number) => number | undefined,
): Map<number, number> {
  const sums = new Map<number, number>()
  for (const [theirs, count] of counts) {
    const place = placeFrom(theirs)
    if (place !== undefined) sums.set(place, (sums.get(place) ?? 0) + count)
  }
  return sums
}

function distances(part: Part): number[] {
  return part.map((number, at) => (at % 2 === 0 && at > 0 ? number - (part[at - 2] as number) : number))
}

function placesFrom(distances: readonly number[]): number[] {
  const part = [...distances]
  for (let at = 2; at < part.length; at += 2) part[at] = (part[at] as number) + (part[at - 2] as number)
  return part
}

function ascending(a: number, b: number): number {
  return a - b
}

function compareNumbers(a: readonly number[], b: readonly number[]): number {
  const shorter = Math.min(a.length, b.length)
  for (let at = 0; at < shorter; at++) {
    const difference = (a[at] as number) - (b[at] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
