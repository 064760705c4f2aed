import type { CountedText } from './counted-text.ts'

/** A function of a counted text; the module is the first. */
export interface Placed {
  readonly text: CountedText
  /** Its place in the table. */
  readonly index: number
}

/** Which functions are the same in two recordings. */
export class PairedFunctions {
  readonly #after = new Map<CountedText, Map<number, Placed>>()
  readonly #before = new Map<CountedText, Map<number, Placed>>()

  /** The function in the second recording; undefined for one that is only in the first. */
  after({ index, text }: Placed): Placed | undefined {
    return this.#after.get(text)?.get(index)
  }

  /** As `after`, the other way. */
  before({ index, text }: Placed): Placed | undefined {
    return this.#before.get(text)?.get(index)
  }

  *[Symbol.iterator](): Generator<readonly [before: Placed, after: Placed]> {
    for (const [text, places] of this.#after)
      for (const [index, after] of places) yield [{ text, index }, after]
  }

  add(before: Placed, after: Placed): void {
    placesOf(this.#after, before.text).set(before.index, after)
    placesOf(this.#before, after.text).set(after.index, before)
  }

  /** Every function with that in the same place, as of two recordings of one text. */
  addSame(before: CountedText, after: CountedText): void {
    for (const [index] of before.functions.entries())
      if (index < after.functions.length) this.add({ text: before, index }, { text: after, index })
  }
}

function placesOf(all: Map<CountedText, Map<number, Placed>>, text: CountedText): Map<number, Placed> {
  const known = all.get(text) ?? new Map<number, Placed>()
  all.set(text, known)
  return known
}
