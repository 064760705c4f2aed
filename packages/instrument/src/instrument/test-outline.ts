import { SourceLines } from './source-lines.ts'
import { partsOfTitle, type Titled, titlePattern } from './test-title.ts'

/**
 * Comments, templates, what makes a test or a describe with what it is called, if that is a text or a name, and the title behind
 * what gives the rows of a table.
 */
const PARTS =
  /\/\*[\s\S]*?\*\/|\/\/.*|`(?:[^`\\]|\\[\s\S])*`|(?<![.\w$])(it|test|describe|suite)((?:\.\w+)*)(?:`|\(\s*(?:(["'`])((?:\\["'`\\]|(?!\3)[^\\\n])*)\3,|(\w+),)?)|\)\(\s*(["'])((?:\\["'`\\]|(?!\6)[^\\\n])*)\6,/g

/** A call that makes a test or a describe. */
interface Maker {
  /** Characters in front of it: it goes on until a line is indented no further. */
  readonly indent: number
  readonly isTest: boolean
  readonly isTable: boolean
}

/**
 * The tests of a file that is written as nearly all are: each test and each describe starts a line, in front of what it is called,
 * and what is in a describe is indented further. They are found without a syntax tree, which costs many times as much.
 *
 * @param text of the test file
 * @returns undefined for a file that is not as plain as that
 */
export function testOutline(text: string): readonly Titled[] | undefined {
  const outline = new Outline(text)
  /** Its title stands behind what it was given first. */
  let begun: Maker | undefined
  for (const part of text.matchAll(PARTS)) {
    const [all, word, names = '', quote, literal, name, , literalBehind] = part
    if (word === undefined) {
      if (literalBehind === undefined) continue
      if (begun) outline.add(begun, literalBehind, part.index)
      begun = undefined
    } else if (names !== '.extend') {
      const indent = indentAt(text, part.index)
      if (begun || indent === undefined || all.endsWith('`')) return undefined
      const isTest = word === 'it' || word === 'test'
      const maker = { indent, isTest, isTable: /\.(?:each|for)$/.test(names) }
      const isCalledTwice = maker.isTable || /If$/.test(names) || (literal ?? name) === undefined
      if (isCalledTwice) begun = maker
      else if ((quote === '`' && literal?.includes('${')) || (isTest && name !== undefined)) return undefined
      else outline.add(maker, literal, part.index)
    }
  }
  return begun ? undefined : outline.tests
}

class Outline {
  readonly tests: Titled[] = []
  readonly #lines: SourceLines
  /** Of the calls around what comes next, outermost first. */
  readonly #around: { readonly indent: number; readonly chain: readonly Titled[] }[] = []

  constructor(text: string) {
    this.#lines = new SourceLines(text)
  }

  /** @param literal undefined for what is called as something else is */
  add({ indent, isTable, isTest }: Maker, literal: string | undefined, offset: number): void {
    while ((this.#around.at(-1)?.indent ?? -1) >= indent) this.#around.pop()
    const around = this.#around.at(-1)?.chain ?? []
    const chain: Titled[] = [...around]
    const text = literal?.replaceAll(/\\(.)/g, '$1')
    const parts = isTable && text !== undefined ? partsOfTitle(text) : []
    const title = parts.length > 1 ? titlePattern(parts) : text
    const isOnce = !isTable && typeof title === 'string' && (around.at(-1)?.isOnce ?? true)
    const titled = { title, chain, line: this.#lines.lineOf(offset), isOnce }
    chain.push(titled)
    this.#around.push({ indent, chain })
    if (isTest) this.tests.push(titled)
  }
}

/** How many characters stand in front of what starts a line; undefined for what does not. */
function indentAt(text: string, offset: number): number | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  return text.slice(start, offset).trim() === '' ? offset - start : undefined
}
