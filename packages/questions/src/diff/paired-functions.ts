import type { CountedText } from './counted-text.ts'

/** A function of a counted text; the module is the first. */
export interface Placed {
  readonly text: CountedText
  /** Its place in the table. */
  readonly index: number
}

/** Which functions are the same in two recordings. */
export class PairedFunctions {
  readonly #after = new Map<CountedText, Places>()
  readonly #before = new Map<CountedText, Places>()

  /** The function in the second recording; undefined for one that is only in the first. */
  after({ index, text }: Placed): Placed | undefined {
    return this.#after.get(text)?.[index]
  }

  /** As `after`, the other way. */
  before({ index, text }: Placed): Placed | undefined {
    return this.#before.get(text)?.[index]
  }

  *[Symbol.iterator](): Generator<readonly [before: Placed, after: Placed]> {
    for (const [text, places] of this.#after)
      for (const [index, after] of places.entries()) if (after) yield [{ text, index }, after]
  }

  add(before: Placed, after: Placed): void {
    placesOf(this.#after, before.text)[before.index] = after
    placesOf(this.#before, after.text)[after.index] = before
  }

  /** Every function with that in the same place, as of two recordings of one text. */
  addSame(before: CountedText, after: CountedText): void {
    for (const [index] of before.functions.entries())
      if (index < after.functions.length) this.add({ text: before, index }, { text: after, index })
  }
}

type Places = (Placed | undefined)[]

function placesOf(all: Map<CountedText, Places>, text: CountedText): Places {
  const known = all.get(text)
  if (known) return known
  const places: Places = text.functions.map(() => undefined)
  all.set(text, places)
  return places
}
