/** A piece of text put into the source; nothing of the source is ever removed or moved to another line. */
export interface Insertion {
  /** Offset in the source before which the text goes, in UTF-16 units. */
  readonly at: number
  readonly text: string
  /**
   * True when positions inside the text mean the source position `at`: the text opens a wrapper around an
   * expression that starts there. Otherwise the text has no source, as far as a source map can say.
   */
  readonly mapped: boolean
}

/**
 * Collects insertions in the order of a walk: what opens is added before its children, what closes after
 * them. Insertions at the same offset keep the order in which they came.
 */
export class Insertions {
  readonly #list: Insertion[] = []
  #sorted = true
  #last = 0

  insert(at: number, text: string, mapped = false): void {
    if (at < this.#last) this.#sorted = false
    this.#last = at
    this.#list.push({ at, text, mapped })
  }

  /** All insertions by rising offset. */
  sorted(): readonly Insertion[] {
    if (!this.#sorted) this.#list.sort((a, b) => a.at - b.at)
    this.#sorted = true
    return this.#list
  }

  /** The source with everything inserted. */
  applyTo(source: string): string {
    let code = ''
    let from = 0
    for (const { at, text } of this.sorted()) {
      code += source.slice(from, at) + text
      from = at
    }
    return code + source.slice(from)
  }
}
