import type { FunctionSite, Place } from '@tstrace/results'
import { textHash } from '@tstrace/results/text-hash'
import type { Node } from 'oxc-parser'
import { withoutMark } from '../source-file/byte-order-mark.ts'
import { languageOf } from '../source-file/source-kind.ts'
import { type AnyFunction, insideOf, isContent, isFunction, isNode, outsideOf } from './function-parts.ts'
import { siteTableOf } from './instrument.ts'
import { parse } from './parse.ts'
import { ParseError } from './parse-error.ts'
import { SourceLines } from './source-lines.ts'

/**
 * A function of a text, or its module, and what is in it, as checksums. They say nothing of blanks, line breaks and comments, and
 * of the function's own name: that stands in what is around it.
 */
export interface TextPart extends Pick<FunctionSite, 'name' | 'line' | 'column' | 'end'> {
  /** Of its parameters and its body, without the bodies of functions in it: of the module, everything outside of functions. */
  readonly own: string
  /** The same with the bodies of functions in it. */
  readonly whole: string
}

interface TextPartsAsked {
  /** Of its site table, where that is known. */
  readonly functions?: readonly FunctionSite[]
  /** Places in that table of functions that are left out, with all that is in them: nobody asks what they are made of. */
  readonly without?: ReadonlySet<number>
}

/**
 * What the functions of a text are made of. What is outside of every function's body, names, parameters and types of functions
 * included, is the module's own.
 *
 * @param file its path, for the dialect and for messages
 * @returns the module first, then its functions, in the order of the table; those that the table leaves out are part of what is
 * around them
 * @throws TstraceError `TST_PARSE` for a text that cannot be parsed, as of a component: its compiler knows what it is
 */
export function textParts(
  text: string,
  file: string,
  {
    functions = siteTableOf(text, { file })?.sites.functions ?? [],
    without = new Set(),
  }: TextPartsAsked = {},
): TextPart[] {
  const source = withoutMark(text)
  const { program } = parse(source, file, languageOf(file))
  const parts = new Parts(new SourceLines(source), functions, without)
  try {
    return parts.of(program)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new ParseError(file, 'its code is nested too deeply.')
  }
}

/** What is said of a function while its text is gone through. */
interface Content {
  /** What calls it, in its own body; '' for none. */
  readonly ownName: string
  own: string
  /** The functions in it. */
  readonly inner: TextPart[]
}

class Parts {
  readonly #lines: SourceLines
  readonly #places = new Map<string, number>()
  readonly #functions: readonly FunctionSite[]
  readonly #without: ReadonlySet<number>
  readonly #found: (TextPart | undefined)[]

  constructor(lines: SourceLines, functions: readonly FunctionSite[], without: ReadonlySet<number>) {
    this.#lines = lines
    this.#without = without
    this.#functions = functions
    this.#found = functions.map(() => undefined)
    for (const [place, { column, line }] of functions.entries())
      if (place > 0) this.#places.set(`${line}:${column}`, place)
  }

  of(program: Node): TextPart[] {
    const content = contentOf('')
    this.#add(program, content)
    const end = this.#lines.placeOf(program.end)
    const [site = { name: '<module>', line: 1, column: 0, end }] = this.#functions
    return [new Part(site, content), ...this.#found.filter((part) => part !== undefined)]
  }

  #add(value: unknown, to: Content): void {
    if (Array.isArray(value)) {
      to.own += '['
      for (const item of value) this.#add(item, to)
      to.own += ']'
    } else if (isNode(value)) this.#addNode(value, to)
    else if (value instanceof RegExp) to.own += `${value}\n`
    else if (typeof value === 'object' && value !== null) this.#addFields(value, to)
    else to.own += typeof value === 'string' ? JSON.stringify(value) : `${String(value)}\n`
  }

  #addNode(node: Node, to: Content): void {
    const place = isFunction(node) ? this.#placeOf(node) : undefined
    if (isFunction(node) && place !== undefined) return this.#addFunction(node, place, to)
    if (node.type === 'Identifier' && node.name === to.ownName) to.own += 'self\n'
    else this.#addFields(node, to)
  }

  #addFields(value: object, to: Content): void {
    to.own += '{'
    // Trees are large: their entries would be most of what is allocated. Which fields there are, and in which order, is by their types.
    for (const name in value) {
      if (!isContent(name, value)) continue
      this.#add((value as Record<string, unknown>)[name], to)
    }
    to.own += '}'
  }

  #addFunction(node: AnyFunction, place: number, to: Content): void {
    for (const part of outsideOf(node)) this.#add(part, to)
    if (this.#without.has(place)) return
    const site = this.#functions[place] as FunctionSite
    const content = contentOf(node.id?.name ?? plainName(site.name))
    this.#add(insideOf(node), content)
    const part = new Part(site, content)
    this.#found[place] = part
    to.inner.push(part)
  }

  #placeOf({ start }: Node): number | undefined {
    const { column, line } = this.#lines.placeOf(start)
    return this.#places.get(`${line}:${column}`)
  }
}

function contentOf(ownName: string): Content {
  return { ownName, own: '', inner: [] }
}

class Part implements TextPart {
  readonly name: string
  readonly line: number
  readonly column: number
  readonly end: Place
  readonly own: string
  readonly #inner: readonly TextPart[]
  #whole: string | undefined

  constructor({ column, end, line, name }: Omit<FunctionSite, 'counter'>, { inner, own }: Content) {
    this.name = name
    this.line = line
    this.column = column
    this.end = end
    this.own = textHash(own)
    this.#inner = inner
  }

  get whole(): string {
    this.#whole ??= textHash([this.own, ...this.#inner.map(({ whole }) => whole)].join('\n'))
    return this.#whole
  }
}

/** `parse` of `Parser.parse:12`. */
function plainName(name: string): string {
  return /[\p{ID_Continue}$]*$/u.exec(name.replace(/(?::\d+)+$/, ''))?.[0] ?? ''
}
