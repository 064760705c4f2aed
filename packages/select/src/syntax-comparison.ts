import {
  type AnyFunction,
  insideOf,
  isContent,
  isFunction,
  isNode,
  type Node,
  outsideOf,
  type Parsed,
} from '@tstrace/instrument/syntax'

/** A text, and what it says. */
export interface ParsedText extends Pick<Parsed, 'program'> {
  readonly text: string
}

/** Below that, comparing texts saves nothing. */
const SHORT = 24

/**
 * Compares two texts as syntax, side by side: blanks, line breaks and comments are no difference. Functions of which one is
 * looked for are compared by themselves, so that a function is another only if its own code is.
 */
export class SyntaxComparison {
  readonly #before: ParsedText
  readonly #after: ParsedText
  readonly #places: ReadonlyMap<number, number>
  /** Functions that stand at the same place of code that is the same, and are to be compared. */
  #pairs: [before: AnyFunction, after: AnyFunction, place: number][] = []

  /** @param places of the functions that are looked for, by the offset at which they begin in the text before */
  constructor(before: ParsedText, after: ParsedText, places: ReadonlyMap<number, number>) {
    this.#before = before
    this.#after = after
    this.#places = places
  }

  /**
   * The places of functions whose own code is another, without those that are in them; undefined where anything outside of
   * functions is.
   *
   * @throws RangeError for code that is nested too deeply
   */
  changedFunctions(): readonly number[] | undefined {
    if (!this.#isSame(this.#before.program, this.#after.program)) return undefined
    const changed: number[] = []
    for (let pair = this.#pairs.pop(); pair; pair = this.#pairs.pop()) {
      const [before, after, place] = pair
      const others = this.#pairs
      this.#pairs = []
      // What is in a function that is another is not looked at: all of it counts.
      if (!this.#isSame(insideOf(before), insideOf(after))) {
        changed.push(place)
        this.#pairs = others
      } else this.#pairs.push(...others)
    }
    return changed
  }

  #isSame(before: unknown, after: unknown): boolean {
    if (Object.is(before, after)) return true
    if (typeof before !== 'object' || typeof after !== 'object' || !before || !after) return false
    if (Array.isArray(before)) return Array.isArray(after) && this.#areSame(before, after)
    if (before instanceof RegExp) return String(before) === String(after)
    if (isNode(before)) return isNode(after) && this.#isSameNode(before, after)
    return this.#haveSameFields(before, after)
  }

  #areSame(before: readonly unknown[], after: readonly unknown[]): boolean {
    return before.length === after.length && before.every((item, at) => this.#isSame(item, after[at]))
  }

  #isSameNode(before: Node, after: Node): boolean {
    if (before.type !== after.type || this.#isSameText(before, after)) return before.type === after.type
    const place = this.#places.get(before.start)
    if (place === undefined || !isFunction(before) || !isFunction(after))
      return this.#haveSameFields(before, after)
    if (!this.#areSame(outsideOf(before), outsideOf(after))) return false
    this.#pairs.push([before, after, place])
    return true
  }

  /** What is written alike, in code that is the same, is the same. */
  #isSameText(before: Node, after: Node): boolean {
    const length = before.end - before.start
    if (length < SHORT || length !== after.end - after.start) return false
    return (
      this.#before.text.slice(before.start, before.end) === this.#after.text.slice(after.start, after.end)
    )
  }

  #haveSameFields(before: object, after: object): boolean {
    for (const name in before) {
      if (!isContent(name, before)) continue
      if (!this.#isSame((before as Fields)[name], (after as Fields)[name])) return false
    }
    for (const name in after) if (!(name in before) && isContent(name, after)) return false
    return true
  }
}

type Fields = Readonly<Record<string, unknown>>
