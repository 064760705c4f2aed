import { SourceLines } from './source-lines.ts'
import { partsOfTitle, titlePattern } from './test-title.ts'

/** The lines of a call: until one that is indented no further. */
interface Block {
  /** Where the line of the call starts. */
  readonly start: number
  readonly end: number
  /** Characters in front of the calls in it. */
  readonly inside: number
}

interface Call {
  /** Where its line starts. */
  readonly start: number
  /** Characters in front of it. */
  readonly indent: number
}

/** A call that makes a test for each row of a table. */
interface Table {
  readonly title: RegExp
  /** Of the table: its title stands behind it. */
  readonly end: number
}

/** What stands in front of a title, from the start of a line. */
const TEST = /(?:^|\n)([ \t]*)(?:it|test)(?:\.\w+)*\(\s*$/
const DESCRIBE = /(?:^|\n)([ \t]*)(?:describe|suite)(?:\.\w+)*\(\s*$/

/** What makes something, up to its title: `it.each(` and what follows, or `it(` and a quote. */
const MAKERS = /\b(?:it|test|describe|suite)((?:\.\w+)*)(?:\(\s*(.)|`)/g

/** The title of a table, behind what gives its rows. */
const TABLES = /\)\(\s*(["'])((?:(?!\1)[^\\\n])*)\1,/g

/** Characters in which that stands. */
const MOST_BEFORE = 120

const QUOTES = ['"', "'", '`'] as const

/**
 * Where tests are that are written as nearly all are: `it("title", …)` at the start of a line, inside of what is indented below
 * `describe("title", …)`, and nothing else there has that title. Such a test is found without a syntax tree, which costs many
 * times as much as finding it.
 */
export class PlainTestLines {
  readonly #text: string
  /** Of describes, by their titles. */
  readonly #blocks = new Map<string, Block | undefined>()
  /** By where their blocks start. */
  readonly #tables = new Map<number, readonly Table[]>()
  #lines: SourceLines | undefined

  /** @param text of the test file */
  constructor(text: string) {
    this.#text = text
  }

  /**
   * @param titles of the describes around the test, outermost first, then its own
   * @returns its line, 1-based; undefined where the test is not as plain as that
   */
  lineOf(titles: readonly string[]): number | undefined {
    const around = this.#around(titles.slice(0, -1))
    const title = titles.at(-1) ?? ''
    if (!around) return undefined
    const found = this.#only(title, around, TEST)
    const start = found === 'none' ? this.#rowOf(title, around) : found?.start
    return start === undefined ? undefined : this.#lineAt(start)
  }

  /** The end of the table that alone can have made a test of this title. */
  #rowOf(title: string, block: Block): number | undefined {
    const tables = this.#tables.get(block.start) ?? this.#tablesIn(block)
    this.#tables.set(block.start, tables)
    const [only, ...others] = tables.filter(({ title: table }) => table.test(title))
    return others.length > 0 ? undefined : only?.end
  }

  /** None where something is made whose title does not stand there. */
  #tablesIn({ end, start }: Block): readonly Table[] {
    const text = this.#text.slice(start, end)
    for (const [, chain = '', first = ''] of text.matchAll(MAKERS)) {
      const isTable = /\.(?:each|for)$/.test(chain)
      if (first === '' || first === '`' || (!isTable && first !== '"' && first !== "'")) return []
    }
    const tables: Table[] = []
    for (const { 2: title = '', index } of text.matchAll(TABLES)) {
      const parts = partsOfTitle(title)
      if (parts.length < 2) continue
      if (!this.#isCode(start, start + index)) return []
      tables.push({ title: titlePattern(parts), end: start + index })
    }
    return tables
  }

  #lineAt(offset: number): number {
    this.#lines ??= new SourceLines(this.#text)
    return this.#lines.lineOf(offset)
  }

  #around(titles: readonly string[]): Block | undefined {
    if (titles.length === 0) return { start: 0, end: this.#text.length, inside: 0 }
    const key = titles.join('\0')
    if (!this.#blocks.has(key)) {
      const around = this.#around(titles.slice(0, -1))
      const found = around && this.#only(titles.at(-1) as string, around, DESCRIBE)
      this.#blocks.set(key, found === undefined || found === 'none' ? undefined : this.#blockOf(found))
    }
    return this.#blocks.get(key)
  }

  /**
   * The call with a title that makes a test or a describe of it, if there is one such call in a block, and not deeper in it.
   *
   * @returns `none` where the title is not in the block
   */
  #only(title: string, { end, inside, start }: Block, maker: RegExp): Call | 'none' | undefined {
    if (/\p{Cc}/u.test(title)) return undefined
    let only: Call | undefined
    let isThere = false
    // What is looked for is on one line, and the end of a block is that of a line.
    const block = this.#text.slice(0, end)
    for (const quote of QUOTES) {
      const literal = quote + title.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote
      for (let at = block.indexOf(literal, start); at >= 0; at = block.indexOf(literal, at + 1)) {
        const before = this.#text.slice(Math.max(start, at - MOST_BEFORE), at)
        const [found = '', spaces = ''] = maker.exec(before) ?? []
        if (found !== '' && spaces.length === inside) {
          if (only || this.#text[at + literal.length] !== ',' || !this.#isCode(start, at)) return undefined
          only = { start: at - found.length + (found.startsWith('\n') ? 1 : 0), indent: inside }
        } else if (found !== '' && !this.#isInDescribe(at, inside)) return undefined
        isThere = true
      }
    }
    return isThere ? only : 'none'
  }

  /** Whether the call around a place, of those with so many characters in front of them, is a describe. */
  #isInDescribe(place: number, indent: number): boolean {
    let end = place
    while (end >= 0) {
      const start = end === 0 ? 0 : this.#text.lastIndexOf('\n', end - 1) + 1
      const line = this.#text.slice(start, end)
      if (line.trim() !== '' && line.search(/[^ \t]/) <= indent)
        return /^[ \t]*(?:describe|suite)\b/.test(line)
      end = start - 1
    }
    return false
  }

  #blockOf({ indent, start }: Call): Block {
    const next = new RegExp(`\\n[ \\t]{0,${indent}}[^ \\t\\r\\n]`, 'g')
    const first = /\n([ \t]+)[^ \t\r\n]/g
    next.lastIndex = start
    first.lastIndex = start
    const [, spaces = ''] = first.exec(this.#text) ?? []
    return { start, end: next.exec(this.#text)?.index ?? this.#text.length, inside: spaces.length }
  }

  /** Whether it is in no comment and in no template, as far as can be seen from the start of a block. */
  #isCode(start: number, at: number): boolean {
    const before = this.#text.slice(start, at)
    let isTemplate = false
    for (let i = before.indexOf('`'); i >= 0; i = before.indexOf('`', i + 1)) isTemplate = !isTemplate
    return !isTemplate && before.lastIndexOf('/*') <= before.lastIndexOf('*/')
  }
}
