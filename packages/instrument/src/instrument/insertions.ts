import type { Node } from 'oxc-parser'
import type { ImportedCalls } from './imported-calls.ts'
import {
  beginsUnmapped,
  type Compiler,
  firstMapped,
  lastMapped,
  mappedBefore,
  startsStatement,
} from './mapped-tokens.ts'

/**
 * What a piece of emitted text is there for. Whoever has to tell one from another asks for this, never for what the text
 * looks like.
 *
 * - `counter`: counts, or makes room for what counts.
 * - `calls`: makes a function the current one or stops it, and in a module counts its entry along with that.
 * - `guard`: `finally` behind the bracket of a body, which closes the `try` that begins in it.
 * - `suspension`: the end of what suspends a function; it goes on right behind this.
 * - `line`: shows a line or a function before it runs.
 * - `helper`: what stands behind the source.
 */
export type InsertionKind = 'counter' | 'calls' | 'guard' | 'suspension' | 'line' | 'helper'

/** A piece of text put into the source; nothing of the source is ever removed or moved to another line. */
export interface Insertion {
  /** Offset in the source before which the text goes, in UTF-16 units. */
  readonly at: number
  readonly text: string
  readonly kind: InsertionKind
  /** Offset of the token in the source that the text stands for in source maps; undefined where it has no source. */
  readonly origin: number | undefined
}

/** What opens something around a node. */
export interface Opening {
  readonly kind: InsertionKind
  /** The node that stands in front, if that is known. */
  readonly before?: Node | null | undefined
  /** Offset that it ends at if only its text is known. Default: where the node starts */
  readonly from?: number | undefined
  /** Offset, if it is not where the node starts. */
  readonly at?: number
}

/** What closes it. */
export interface Closing {
  readonly kind: InsertionKind
  /** Offset, if it is not where the node ends. */
  readonly at?: number
}

/**
 * Collects insertions in the order of a walk: what opens is added before its children, what closes after
 * them. Insertions at the same offset keep the order in which they came. Every text that is put into a source comes
 * through here, and is kept apart from what it meets there: `await(x)` needs no blank, `await` and a name of ours do.
 */
export class Insertions {
  readonly #list: Insertion[] = []
  #sorted = true
  #last = 0
  readonly #source: string
  readonly #compiler: Compiler
  readonly #calls: ImportedCalls | undefined

  /** @param calls those that begin with what no map speaks of. Default: there are none */
  constructor(source: string, compiler: Compiler, calls?: ImportedCalls) {
    this.#source = source
    this.#compiler = compiler
    this.#calls = calls
  }

  /** Whether maps speak of the parentheses around an expression. */
  get keepsParentheses(): boolean {
    return this.#compiler === 'none'
  }

  /** Puts in what stands for nothing of the source. */
  insert(at: number, text: string, kind: InsertionKind): void {
    // Readers of maps overlook a place without a source that begins a line, and no compiler will move this one.
    const isOverlooked = this.#compiler === 'none' && isPartOfWord(text.charCodeAt(0)) && this.#startsLine(at)
    const apart = isOverlooked ? ` ${text}` : text
    if (isPartOfWord(lastOf(text)) || !this.#isInFrontOfUnmapped(at))
      return this.#add({ at, text: apart, kind, origin: undefined })
    this.#add({ at, text: apart.slice(0, -1), kind, origin: undefined })
    this.#add({ at, text: apart.slice(-1), kind, origin: at - 1 })
  }

  /** Whether what stands there is looked up by the sign in front of it. */
  #isInFrontOfUnmapped(at: number): boolean {
    if (!this.#calls || this.#compiler !== 'none' || this.#startsLine(at)) return false
    return this.#calls.isAt(this.#source, at)
  }

  #startsLine(at: number): boolean {
    return at === 0 || this.#source[at - 1] === '\n'
  }

  /** Opens something around a node, and stands for its first token. */
  open(node: Node, text: string, { kind, before, from = node.start, at = node.start }: Opening): void {
    const last = before
      ? lastMapped(before, this.#compiler)
      : mappedBefore(this.#source, from, this.#compiler)
    // Compilers keep a comment behind the colon of `?:`, and begin a new line after it.
    const broken = before && /^[\s)]*:\s*\/[/*]/.test(this.#source.slice(before.end, node.start))
    const front = broken ? undefined : last
    const isStatement = !before && startsStatement(this.#source, from)
    const origin =
      this.#inFrontOfUnmapped(node, isStatement ? undefined : front) ??
      firstMapped(node, front, this.#compiler)
    this.#add({ at, text, kind, origin })
  }

  /** Offset of what a node is looked up by that begins with what is not mapped; undefined where that is its own. */
  #inFrontOfUnmapped(node: Node, front: number | undefined): number | undefined {
    if (!this.#calls || !beginsUnmapped(node, this.#calls, this.#compiler)) return undefined
    // Behind it such a statement stands on a line of its own, as a rule: without braces, or in ours.
    if (this.#compiler !== 'none' && node.type === 'ExpressionStatement') return undefined
    if (this.#compiler !== 'none') return front
    return this.#startsLine(node.start) ? undefined : node.start - 1
  }

  /** Closes it: tools look at the last character of a node for the node's end. */
  close(node: Node, text: string, { kind, at = node.end }: Closing): void {
    if (text.length > 1) this.insert(at, text.slice(0, -1), kind)
    this.#add({ at, text: text.slice(-1), kind, origin: lastMapped(node, this.#compiler) })
  }

  /** Closes it with a text that is an expression to its end, and stands for the node's end as a whole. */
  closeWhole(node: Node, text: string, kind: InsertionKind): void {
    this.#add({ at: node.end, text, kind, origin: lastMapped(node, this.#compiler) })
  }

  /** All insertions by rising offset, with a blank wherever two of the texts that meet would become one token. */
  sorted(): readonly Insertion[] {
    if (!this.#sorted) this.#list.sort((a, b) => a.at - b.at)
    this.#sorted = true
    const apart: Insertion[] = []
    let last: Insertion | undefined
    for (const insertion of this.#list) {
      const { at, text } = insertion
      // Behind the last text at a place comes the source.
      if (last && last.at !== at && areOneToken(lastOf(last.text), this.#source.charCodeAt(last.at)))
        apart.push(blankAt(last))
      const before = last?.at === at ? lastOf(last.text) : this.#source.charCodeAt(at - 1)
      if (areOneToken(before, text.charCodeAt(0))) apart.push(blankAt(insertion))
      apart.push(insertion)
      last = insertion
    }
    if (last && areOneToken(lastOf(last.text), this.#source.charCodeAt(last.at))) apart.push(blankAt(last))
    return apart
  }

  #add(insertion: Insertion): void {
    const { at, text } = insertion
    if (text === '') return
    if (at < this.#last) this.#sorted = false
    this.#last = at
    this.#list.push(insertion)
  }
}

function blankAt({ at, kind }: Insertion): Insertion {
  return { at, text: ' ', kind, origin: undefined }
}

function lastOf(text: string): number {
  return text.charCodeAt(text.length - 1)
}

const [PLUS, MINUS, SLASH, STAR] = [43, 45, 47, 42]

/**
 * Whether two characters that meet could become one token: parts of words and numbers, `++`, `--`, and comments.
 *
 * @param before code of the first, NaN where there is none
 * @param behind code of the second
 */
function areOneToken(before: number, behind: number): boolean {
  if (isPartOfWord(before)) return isPartOfWord(behind)
  if (before === behind) return before === PLUS || before === MINUS || before === SLASH
  return before === SLASH && behind === STAR
}

const wordParts = new Uint8Array(128).map((_, code) => (/[\w$\\#]/.test(String.fromCharCode(code)) ? 1 : 0))

/** What is beyond ASCII counts as part of one: a blank too many does nothing. */
function isPartOfWord(code: number): boolean {
  return code >= 128 || wordParts[code] === 1
}

/** A text with everything inserted. */
export function insertedInto(text: string, insertions: readonly Pick<Insertion, 'at' | 'text'>[]): string {
  let code = ''
  let from = 0
  for (const insertion of insertions) {
    code += text.slice(from, insertion.at) + insertion.text
    from = insertion.at
  }
  return code + text.slice(from)
}
