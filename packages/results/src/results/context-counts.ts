import { countsIn, type Part, RANGE } from './context-part.ts'
import { distances, unpacked } from './distances.ts'

/** Counts as they are kept. */
export interface KeptCounts {
  /** Each context, by its key, with its place in `rows`. */
  readonly contexts: Iterable<readonly [context: string, row: number]>
  /** Each a list of places in `parts`, of ranges that ascend. Of some there may be no context. */
  readonly rows: readonly (readonly number[])[]
  readonly parts: readonly Part[]
}

interface Renaming {
  /** What a context of the other is called here. Default: the same. */
  readonly contextFrom?: (context: string) => string
  /** What a place of the other is called here; undefined for one that is left out. Default: the same. */
  readonly placeFrom?: (place: number) => number | undefined
}

/** What is kept about contexts, as lists of numbers. */
export interface PackedContextCounts {
  /** Of each the number of its range, its mask, and its counts. */
  readonly parts: readonly (readonly number[])[]
  /** Of each row its parts, as places in `parts`; their ranges ascend. */
  readonly rows: readonly (readonly number[])[]
  /** Of each row the contexts that it is true of: the first, then the distance of each from the one before it. */
  readonly contexts: readonly (readonly number[])[]
}

/**
 * How often each of some places was counted in each of some contexts. What ran equally often in several contexts is kept
 * once, in rows and in parts of rows, since most tests run the same code on their way to their own.
 */
export class ContextCounts {
  #parts: Part[] = []
  readonly #partIds = new Map<string, number>()
  #rows: (readonly number[])[] = []
  /** Whether parts and rows can be found by what is in them: what was read seldom has to be. */
  #isNumbered = true
  readonly #rowIds = new Map<string, number>()
  /** By key of the context. */
  readonly #known = new Map<string, number>()
  /** Those of what was read, until one of them is looked for. */
  #unread: Iterable<readonly [context: string, row: number]> | undefined
  /** Rows by their signatures. */
  readonly #signed = new Map<string, number>()
  /** Of the context that was added to last: rows are kept for ever, and one for each addition would be one too many. */
  #open: { readonly context: string; readonly counts: Map<number, number> } | undefined

  /** Keys of the contexts in which anything was counted. */
  contexts(): Iterable<string> {
    this.close()
    return this.#rowOf.keys()
  }

  /** Place → count in one context. */
  of(context: string): Map<number, number> {
    this.close()
    const row = this.#rowOf.get(context)
    return row === undefined ? new Map() : this.#counts(this.#rows[row] as readonly number[])
  }

  /** Adds counts to those of a context. */
  add(context: string, counts: Iterable<readonly [place: number, count: number]>): void {
    if (this.#open?.context !== context) this.#open = { context, counts: this.of(context) }
    const sums = this.#open.counts
    for (const [place, count] of counts) sums.set(place, (sums.get(place) ?? 0) + count)
  }

  /** Lets go of what is held for further additions to the same context. */
  close(): void {
    if (!this.#open) return
    const { context, counts } = this.#open
    this.#open = undefined
    const row = this.#rowFrom(counts)
    if (row !== undefined) this.#rowOf.set(context, row)
  }

  /**
   * As `add`, and faster for a context that has nothing yet, if the same was added before.
   *
   * @param signature another for other counts
   */
  addSigned(
    context: string,
    signature: string,
    counts: Iterable<readonly [place: number, count: number]>,
  ): void {
    const isFirst = this.#open?.context !== context && !this.#rowOf.has(context)
    const known = isFirst ? this.#signed.get(signature) : undefined
    if (known !== undefined) {
      this.#rowOf.set(context, known)
      return
    }
    this.add(context, counts)
    if (!isFirst) return
    this.close()
    const row = this.#rowOf.get(context)
    if (row !== undefined) this.#signed.set(signature, row)
  }

  /** Adds everything of another; what is there may be called otherwise here. */
  addAll(other: ContextCounts, { contextFrom, placeFrom }: Renaming = {}): void {
    this.close()
    other.close()
    const rows = placeFrom
      ? other.#rows.map((row) => this.#rowFrom(renamed(other.#counts(row), placeFrom)))
      : this.#rowsOfSame(other)
    for (const [theirs, row] of [...other.#rowOf]) {
      const context = contextFrom?.(theirs) ?? theirs
      const own = rows[row]
      if (own === undefined) continue
      if (this.#rowOf.has(context)) this.add(context, this.#counts(this.#rows[own] as readonly number[]))
      else this.#rowOf.set(context, own)
    }
  }

  /** Everything, for those who go through so much that it must not be taken apart first. */
  kept(): KeptCounts {
    this.close()
    return { contexts: this.#unread ?? this.#known, rows: this.#rows, parts: this.#parts }
  }

  /** What was counted in each context; what is equal in several is told once. */
  *rows(): Generator<{ contexts: string[]; counts: Map<number, number> }> {
    for (const [id, contexts] of this.#contextsOfRows())
      yield { contexts, counts: this.#counts(this.#rows[id] as readonly number[]) }
  }

  /** What happened in each context that has one of some places; what is equal in several is told once. */
  *having(places: ReadonlySet<number>): Generator<{ contexts: string[]; counts: Map<number, number> }> {
    this.close()
    const parts = new Set(
      this.#parts.flatMap((part, id) => (countsIn(part).some(([place]) => places.has(place)) ? [id] : [])),
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
      parts: used.map((part) => this.#parts[part] as Part),
      rows: rows.map(({ row }) =>
        (this.#rows[row] as readonly number[]).map((part) => idOf.get(part) as number),
      ),
      contexts: rows.map(({ contexts }) => distances(contexts)),
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
    return ContextCounts.from({
      parts,
      rows,
      contexts: { [Symbol.iterator]: () => unpacked(contexts, keyAt) },
    })
  }

  /** What `kept` gave, perhaps with other keys: another one for another context. */
  static from({ contexts, parts, rows }: KeptCounts): ContextCounts {
    const counts = new ContextCounts()
    counts.#parts = [...parts]
    counts.#rows = [...rows]
    counts.#isNumbered = false
    counts.#unread = contexts
    return counts
  }

  get #rowOf(): Map<string, number> {
    for (const [context, row] of this.#unread ?? []) this.#known.set(context, row)
    this.#unread = undefined
    return this.#known
  }

  /** Of each row that is true of any the keys of those contexts. */
  #contextsOfRows(): Map<number, string[]> {
    this.close()
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
    for (const id of row)
      for (const [place, count] of countsIn(this.#parts[id] as Part)) counts.set(place, count)
    return counts
  }

  /** Undefined where nothing was counted. */
  #rowFrom(counts: ReadonlyMap<number, number>): number | undefined {
    const parts: number[] = []
    let [range, mask]: [number, number] = [-1, 0]
    let ran: number[] = []
    const finish = (): void => {
      if (ran.length > 0) parts.push(this.#partFrom([range, mask >>> 0, ...ran]))
    }
    for (const place of [...counts.keys()].sort(ascending)) {
      const count = counts.get(place) as number
      if (count === 0) continue
      if (Math.floor(place / RANGE) !== range) {
        finish()
        ;[range, mask, ran] = [Math.floor(place / RANGE), 0, []]
      }
      mask |= 1 << (place % RANGE)
      ran.push(count)
    }
    finish()
    return parts.length > 0 ? this.#rowOfParts(parts) : undefined
  }

  /** Of each row of another the row here. */
  #rowsOfSame(other: ContextCounts): number[] {
    if (this.#parts.length > 0) return other.#rows.map((row) => this.#rowOfSame(other, row))
    // Nothing has to be compared where there is nothing.
    this.#parts = [...other.#parts]
    this.#rows = [...other.#rows]
    this.#isNumbered = false
    return this.#rows.map((_, row) => row)
  }

  #rowOfSame(other: ContextCounts, row: readonly number[]): number {
    return this.#rowOfParts(row.map((id) => this.#partFrom(other.#parts[id] as Part)))
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

  #rowOfParts(row: readonly number[]): number {
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
