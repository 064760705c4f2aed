/** A piece of text put into the source; nothing of the source is ever removed or moved to another line. */
export interface Insertion {
  /** Offset in the source before which the text goes, in UTF-16 units. */
  readonly at: number
  readonly text: string
  readonly meaning: Meaning
}

/**
 * What a source map says about an inserted text. `none`: it has no source. `start`: it stands for the source
 * position `at`, because it opens a wrapper around what starts there. `end`: it stands for the token before it,
 * because it closes such a wrapper and tools look at the last character of a node for the node's end.
 */
export type Meaning = 'none' | 'start' | 'end'

/**
 * Collects insertions in the order of a walk: what opens is added before its children, what closes after
 * them. Insertions at the same offset keep the order in which they came.
 */
export class Insertions {
  readonly #list: Insertion[] = []
  #sorted = true
  #last = 0

  insert(at: number, text: string, meaning: Meaning = 'none'): void {
    if (at < this.#last) this.#sorted = false
    this.#last = at
    this.#list.push({ at, text, meaning })
  }

  /** Closes a wrapper whose last character is that of `text`. */
  close(at: number, text: string): void {
    if (text.length > 1) this.insert(at, text.slice(0, -1))
    this.insert(at, text.slice(-1), 'end')
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
