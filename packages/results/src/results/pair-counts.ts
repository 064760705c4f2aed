import { ContextCounts } from './context-counts.ts'
import type { CallEdge } from './results-data.ts'

/**
 * How often functions called each other in each of some contexts. Each pair has two places in `counts`, at twice its place in
 * `pairs`: its calls and its resumptions.
 */
export class PairCounts<Pair> {
  readonly pairs: Pair[] = []
  readonly counts: ContextCounts
  readonly #keyOf: (pair: Pair) => number
  readonly #numbers = new Map<number, number>()

  /**
   * @param keyOf gives another number for another pair
   * @param counts of pairs that have no places yet: they get them in the order in which they are asked for
   */
  constructor(keyOf: (pair: Pair) => number, counts: ContextCounts = new ContextCounts()) {
    this.#keyOf = keyOf
    this.counts = counts
  }

  /** The first of the two places of a pair, which gets some if it has none. */
  placeOf(pair: Pair): number {
    const key = this.#keyOf(pair)
    const known = this.#numbers.get(key)
    if (known !== undefined) return known * 2
    this.#numbers.set(key, this.pairs.length)
    return (this.pairs.push(pair) - 1) * 2
  }

  add(context: string, pair: Pair, { calls, resumptions }: Pick<CallEdge, 'calls' | 'resumptions'>): void {
    const place = this.placeOf(pair)
    this.counts.add(context, [
      [place, calls],
      [place + 1, resumptions],
    ])
  }

  /** The same without some contexts, and without what only those had. */
  without(contexts: ReadonlySet<string>): PairCounts<Pair> {
    const rest = new PairCounts<Pair>(this.#keyOf)
    rest.counts.addAll(this.counts.without(contexts), {
      placeFrom: otherPlaces((number) => rest.placeOf(this.pairs[number] as Pair)),
    })
    return rest
  }

  /** Each pair that was counted in a context. */
  *in(context: string): Generator<{ readonly pair: Pair } & Pick<CallEdge, 'calls' | 'resumptions'>> {
    const counts = this.counts.of(context)
    for (const number of new Set([...counts.keys()].map(numberAt)))
      yield {
        pair: this.pairs[number] as Pair,
        calls: counts.get(number * 2) ?? 0,
        resumptions: counts.get(number * 2 + 1) ?? 0,
      }
  }
}

/** What leads from the places of some pairs to other ones; undefined for a pair that has none there. */
export function otherPlaces(
  firstOf: (number: number) => number | undefined,
): (place: number) => number | undefined {
  return (place) => {
    const first = firstOf(numberAt(place))
    return first === undefined ? undefined : first + (place % 2)
  }
}

/** Place in `pairs` of the pair that has a place in `counts`. */
function numberAt(place: number): number {
  return place >> 1
}
