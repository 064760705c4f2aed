import { countsIn, type Part } from './context-part.ts'
import { type KeptCounts, keptFrom, type PackedContextCounts } from './kept-counts.ts'
import { SharedRows } from './shared-rows.ts'

interface Renaming {
  /** What a context of the other is called here. Default: the same. */
  readonly contextFrom?: (context: string) => string
  /** What a place of the other is called here; undefined for one that is left out. Default: the same. */
  readonly placeFrom?: PlaceFrom
}

type PlaceFrom = (place: number) => number | undefined

/** Counts, and where they are. */
export interface CountsAtPlaces {
  /** Ascending, each once. Default: 0, 1, 2 and so on */
  readonly places?: ArrayLike<number> | undefined
  /** Of those places. */
  readonly counts: ArrayLike<number>
}

/** As `CountsAtPlaces`, but that the places may be in any order, and there several times. */
interface CountsInAnyOrder extends CountsAtPlaces {
  readonly places: ArrayLike<number>
}

/**
 * How often each of some places was counted in each of some contexts. What ran equally often in several contexts is kept
 * once, in rows and in parts of rows, since most tests run the same code on their way to their own.
 */
export class ContextCounts {
  /** What was read, until something is looked for in it or added to it. */
  #kept: KeptCounts | undefined
  #shared = new SharedRows()
  /** By key of the context. */
  readonly #known = new Map<string, number>()
  /** Rows by their signatures. */
  readonly #signed = new Map<string, number>()
  /** Of the context that was added to last: rows are kept for ever, and one for each addition would be one too many. */
  #open: { readonly context: string; readonly counts: Map<number, number> } | undefined

  /** @param kept what is there from the start. Default: nothing */
  constructor(kept?: KeptCounts) {
    this.#kept = kept
  }

  /** Keys of the contexts in which anything was counted. */
  contexts(): Iterable<string> {
    this.close()
    return this.#rowOf.keys()
  }

  /** Place → count in one context. */
  of(context: string): Map<number, number> {
    this.close()
    const row = this.#rowOf.get(context)
    return row === undefined ? new Map() : this.#rows.counts(row)
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
    const row = this.#rows.add(counts)
    if (row !== undefined) this.#rowOf.set(context, row)
  }

  /**
   * As `add`, and faster for a context that has nothing yet, above all if the same was added before.
   *
   * @param signature another for other counts
   */
  addSigned(context: string, signature: string, { counts, places }: CountsAtPlaces): void {
    if (this.#open?.context === context || this.#rowOf.has(context)) {
      this.add(context, pairsOf({ counts, places }))
      return
    }
    const row = this.#signed.get(signature) ?? this.#rows.addAscending(places, counts)
    if (row === undefined) return
    this.#rowOf.set(context, row)
    this.#signed.set(signature, row)
  }

  /** As `add`, and faster for a context that has nothing yet. */
  addInAnyOrder(context: string, { counts, places }: CountsInAnyOrder): void {
    if (this.#open?.context === context || this.#rowOf.has(context)) {
      this.add(context, pairsOf({ counts, places }))
      return
    }
    const row = this.#rows.addInAnyOrder(places, counts)
    if (row !== undefined) this.#rowOf.set(context, row)
  }

  /** Adds everything of another; what is there may be called otherwise here. */
  addAll(other: ContextCounts, { contextFrom, placeFrom }: Renaming = {}): void {
    this.close()
    other.close()
    const rows = placeFrom
      ? other.#rows.rows.map((_, row) => this.#addRenamed(other.#rows, row, placeFrom))
      : this.#rows.addAll(other.#rows)
    const own = this.#rowOf
    const theirs = other === this ? new Map(own) : other.#rowOf
    theirs.forEach((theirRow, theirContext) => {
      const row = rows[theirRow]
      if (row === undefined) return
      const context = contextFrom?.(theirContext) ?? theirContext
      if (own.has(context)) this.add(context, this.#rows.counts(row))
      else own.set(context, row)
    })
  }

  /** A row of others, whose places are called otherwise here. */
  #addRenamed(others: SharedRows, row: number, placeFrom: PlaceFrom): number | undefined {
    const places: number[] = []
    const counts: number[] = []
    others.visit(row, (theirs, count) => {
      const place = placeFrom(theirs)
      if (place === undefined) return
      places.push(place)
      counts.push(count)
    })
    return this.#rows.addInAnyOrder(places, counts)
  }

  /** The same without some contexts, and without what only those had. */
  without(contexts: ReadonlySet<string>): ContextCounts {
    const rest = new ContextCounts()
    for (const [row, all] of this.#contextsOfRows()) {
      const left = all.filter((context) => !contexts.has(context))
      const own = left.length > 0 ? rest.#shared.add(this.#rows.counts(row)) : undefined
      if (own !== undefined) for (const context of left) rest.#known.set(context, own)
    }
    return rest
  }

  /** Everything, for those who go through so much that it must not be taken apart first. */
  kept(): KeptCounts {
    if (this.#kept) return this.#kept
    const keys = [...this.contexts()]
    const numbers = new Map(keys.map((key, number) => [key, number]))
    return keptFrom(
      this.pack((key) => numbers.get(key) as number),
      keys,
    )
  }

  /** What was counted in each context; what is equal in several is told once. */
  *rows(): Generator<{ contexts: string[]; counts: Map<number, number> }> {
    for (const [id, contexts] of this.#contextsOfRows()) yield { contexts, counts: this.#rows.counts(id) }
  }

  /** What happened in each context that has one of some places; what is equal in several is told once. */
  *having(places: ReadonlySet<number>): Generator<{ contexts: string[]; counts: Map<number, number> }> {
    this.close()
    const parts = new Set(
      this.#rows.parts.flatMap((part, id) =>
        countsIn(part).some(([place]) => places.has(place)) ? [id] : [],
      ),
    )
    for (const [id, contexts] of this.#contextsOfRows()) {
      if (this.#rows.at(id).some((part) => parts.has(part))) yield { contexts, counts: this.#rows.counts(id) }
    }
  }

  /**
   * The same numbers for the same counts, however they came together.
   *
   * @param indexOf the number of a context
   */
  pack(indexOf: (context: string) => number): PackedContextCounts<readonly (readonly number[])[]> {
    const rows = Array.from(this.#contextsOfRows(), ([row, keys]) => {
      const contexts = keys.map(indexOf)
      return { row, contexts: contexts.length > 1 ? contexts.sort(ascending) : contexts }
    }).sort((a, b) => (a.contexts[0] as number) - (b.contexts[0] as number))
    const used = [...new Set(rows.flatMap(({ row }) => this.#rows.at(row)))]
    const { parts } = this.#rows
    used.sort((a, b) => compareNumbers(parts[a] as Part, parts[b] as Part))
    const idOf = new Map(used.map((part, id) => [part, id]))
    return {
      parts: used.map((part) => parts[part] as Part),
      rows: rows.map(({ row }) => this.#rows.at(row).map((part) => idOf.get(part) as number)),
      contexts: rows.map(({ contexts }) => distances(contexts)),
    }
  }

  get #rows(): SharedRows {
    this.#takeApart()
    return this.#shared
  }

  get #rowOf(): Map<string, number> {
    this.#takeApart()
    return this.#known
  }

  #takeApart(): void {
    const kept = this.#kept
    if (!kept) return
    this.#kept = undefined
    const { parts, rows } = kept.taken()
    this.#shared = new SharedRows(parts, rows)
    for (let row = 0; row < kept.rows; row++)
      kept.visitContexts(row, (context) => this.#known.set(kept.keys[context] as string, row))
  }

  /** Of each row that is true of any the keys of those contexts. */
  #contextsOfRows(): Map<number, string[]> {
    this.close()
    const contextsOf = new Map<number, string[]>()
    this.#rowOf.forEach((row, context) => {
      const others = contextsOf.get(row)
      if (others) others.push(context)
      else contextsOf.set(row, [context])
    })
    return contextsOf
  }
}

function* pairsOf({ counts, places }: CountsAtPlaces): Generator<[place: number, count: number]> {
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] as number
    if (count !== 0) yield [places?.[at] ?? at, count]
  }
}

/** Numbers that ascend: the first, then the distance of each from the one before it. */
function distances(numbers: readonly number[]): number[] {
  return numbers.map((number, at) => number - (numbers[at - 1] ?? 0))
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
