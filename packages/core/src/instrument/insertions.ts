import type { Node } from 'oxc-parser'
import { type Compiler, firstMapped, lastMapped, mappedBefore } from './mapped-tokens.ts'

/** A piece of text put into the source; nothing of the source is ever removed or moved to another line. */
export interface Insertion {
  /** Offset in the source before which the text goes, in UTF-16 units. */
  readonly at: number
  readonly text: string
  /** Offset of the token in the source that the text stands for in source maps; undefined where it has no source. */
  readonly origin: number | undefined
}

export interface OpeningPlace {
  readonly before?: Node | null | undefined
  readonly at?: number
}

/**
 * Collects insertions in the order of a walk: what opens is added before its children, what closes after
 * them. Insertions at the same offset keep the order in which they came.
 */
export class Insertions {
  readonly #list: Insertion[] = []
  #sorted = true
  #last = 0
  readonly #source: string
  readonly #compiler: Compiler

  constructor(source: string, compiler: Compiler) {
    this.#source = source
    this.#compiler = compiler
  }

  insert(at: number, text: string, origin?: number): void {
    if (at < this.#last) this.#sorted = false
    this.#last = at
    this.#list.push({ at, text, origin })
  }

  /**
   * Opens something around a node, and stands for its first token.
   * @param place.before the node that stands in front of it, if that is known
   * @param place.at offset, if it is not where the node starts
   */
  open(node: Node, text: string, { before, at = node.start }: OpeningPlace = {}): void {
    const last = before
      ? lastMapped(before, this.#compiler)
      : mappedBefore(this.#source, node.start, this.#compiler)
    // Compilers keep a comment behind the colon of `?:`, and begin a new line after it.
    const broken = before && /^[\s)]*:\s*\/[/*]/.test(this.#source.slice(before.end, node.start))
    this.insert(at, text, firstMapped(node, broken ? undefined : last, this.#compiler))
  }

  /** Closes it: tools look at the last character of a node for the node's end. */
  close(node: Node, text: string, at: number = node.end): void {
    if (text.length > 1) this.insert(at, text.slice(0, -1))
    this.insert(at, text.slice(-1), lastMapped(node, this.#compiler))
  }

  /** Closes it with a text that is an expression to its end, and stands for the node's end as a whole. */
  closeWhole(node: Node, text: string): void {
    this.insert(node.end, text, lastMapped(node, this.#compiler))
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
