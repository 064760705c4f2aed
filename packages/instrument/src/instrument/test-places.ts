import type { CallExpression, Node } from 'oxc-parser'
import { sourceKind } from '../source-file/source-kind.ts'
import { parse } from './parse.ts'
import { SourceLines } from './source-lines.ts'
import { testOutline } from './test-outline.ts'
import { partsOfTitle, type Title, type Titled, titlePattern } from './test-title.ts'

/** What tests and describes are made with whose title need not be a text. */
const TESTS: ReadonlySet<string> = new Set(['it', 'test'])
const DESCRIBES: ReadonlySet<string> = new Set(['describe', 'suite'])

const LOOPS: ReadonlySet<string> = new Set([
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'WhileStatement',
  'DoWhileStatement',
])

const FUNCTIONS: ReadonlySet<string> = new Set([
  'ArrowFunctionExpression',
  'FunctionExpression',
  'FunctionDeclaration',
])

/** Finds where tests are in their files by their titles, as far as the text of the file says so without doubt. */
export class TestPlaces {
  readonly #read: (file: string) => string
  /** By absolute path of the test file. */
  readonly #known = new Map<string, TestFile | undefined>()

  /** @param read gives the text of a test file by its absolute path; may throw */
  constructor(read: (file: string) => string) {
    this.#read = read
  }

  /**
   * @param file absolute path of the test file
   * @param titles of the describes around the test, outermost first, then its own
   * @param index which of the tests with these titles, from 0
   * @returns the line (1-based) of the call that makes the test, behind a table where that ends; 0 where it is not known
   */
  lineOf(file: string, titles: readonly string[], index: number): number {
    return this.#fileAt(file)?.lineOf(titles, index) ?? 0
  }

  /** Undefined for one that is gone. */
  #fileAt(path: string): TestFile | undefined {
    if (!this.#known.has(path)) this.#known.set(path, fileFrom(this.#read, path))
    return this.#known.get(path)
  }
}

function fileFrom(read: (file: string) => string, path: string): TestFile | undefined {
  try {
    return new TestFile(read(path), path)
  } catch {
    return undefined
  }
}

/** The tests that one text makes. */
class TestFile {
  readonly #text: string
  readonly #path: string
  readonly #outline: TitledCalls
  /** What the tree says, where it had to be asked. */
  #titled: TitledCalls | undefined

  constructor(text: string, path: string) {
    this.#text = text
    this.#path = path
    this.#outline = new TitledCalls(testOutline(text) ?? [])
  }

  lineOf(titles: readonly string[], index: number): number {
    const [only, ...others] = this.#outline.called(titles) ?? this.#outline.of(titles)
    // Several tests of one call come from a table, or from a loop, of which only the tree knows.
    const isPlain = only && others.length === 0 && (index === 0 || !only.isOnce)
    if (isPlain && this.#isAlone(only, titles)) return only.line
    this.#titled ??= new TitledCalls(titledIn(this.#text, this.#path))
    const found = this.#titled.of(titles)
    const said = found.filter(({ chain }) => chain.every(({ title }) => title !== undefined))
    const likely = said.length > 0 ? said : found
    if (likely.length === 1) return likely[0]?.line ?? 0
    // Each of them may have made any of the tests, unless each has made one.
    return likely.every(({ isOnce }) => isOnce) ? (likely[index]?.line ?? 0) : 0
  }

  /** What a table makes may be made by another call, too, that has the title as it is. */
  #isAlone({ chain }: Titled, titles: readonly string[]): boolean {
    return chain.every(
      ({ title }, at) => !(title instanceof RegExp && this.#text.includes(titles[at] as string)),
    )
  }
}

/** Calls, found by what they are called. */
class TitledCalls {
  /** Those all of whose titles are texts, by these. */
  readonly #byTitles = new Map<string, Titled[]>()
  readonly #others: Titled[] = []

  constructor(calls: readonly Titled[]) {
    for (const call of calls) {
      const titles = call.chain.map(({ title }) => title)
      if (!titles.every((title) => typeof title === 'string')) {
        this.#others.push(call)
        continue
      }
      const key = keyOf(titles)
      const same = this.#byTitles.get(key)
      if (same) same.push(call)
      else this.#byTitles.set(key, [call])
    }
  }

  /** Those with just these titles. */
  called(titles: readonly string[]): readonly Titled[] | undefined {
    return this.#byTitles.get(keyOf(titles))
  }

  /** Those that may have made a test, in their order. */
  of(titles: readonly string[]): readonly Titled[] {
    return [...(this.called(titles) ?? []), ...this.#others.filter(({ chain }) => isChainOf(chain, titles))]
  }
}

function keyOf(titles: readonly string[]): string {
  return titles.join('\0')
}

function titledIn(text: string, file: string): readonly Titled[] {
  try {
    return titledCalls(text, file)
  } catch {
    // It is in a language that somebody else compiles.
    return []
  }
}

function isChainOf(chain: readonly Titled[], titles: readonly string[]): boolean {
  return (
    chain.length === titles.length && chain.every(({ title }, at) => isTitle(title, titles[at] as string))
  )
}

function isTitle(title: Title, text: string): boolean {
  return title instanceof RegExp ? title.test(text) : title === undefined || title === text
}

function titledCalls(text: string, file: string): Titled[] {
  const language = sourceKind(file)?.language
  if (!language) return []
  const lines = new SourceLines(text)
  const found: Titled[] = []
  const walk = (node: Node, around: readonly Titled[], isOnce: boolean): void => {
    if (node.type !== 'CallExpression' || !isTitled(node)) {
      const isStill = isOnce && !LOOPS.has(node.type) && !FUNCTIONS.has(node.type)
      eachChild(node, (child) => walk(child, around, isStill))
      return
    }
    const [maker, title] = [makerOf(node), titleOf(node)]
    const isAlone = isOnce && typeof title === 'string' && !isTable(node)
    const chain: Titled[] = [...around]
    // Behind a table: there, Vitest says, the test is.
    const line = lines.lineOf(node.callee.end - 1)
    chain.push({ title, chain, line, isOnce: isAlone })
    if (!DESCRIBES.has(maker)) found.push(chain.at(-1) as Titled)
    // No test is made in another one.
    if (TESTS.has(maker)) return
    for (const given of node.arguments)
      if (FUNCTIONS.has(given.type)) eachChild(given, (child) => walk(child, chain, isAlone))
  }
  walk(parse(text, file, language).program, [], true)
  return found
}

function isTitled(call: CallExpression): boolean {
  const [first, ...others] = call.arguments
  if (!others.some(({ type }) => FUNCTIONS.has(type))) return false
  const isText =
    first?.type === 'TemplateLiteral' || (first?.type === 'Literal' && typeof first.value === 'string')
  const maker = makerOf(call)
  return isText || TESTS.has(maker) || DESCRIBES.has(maker)
}

function titleOf(call: CallExpression): Title {
  const [first] = call.arguments
  if (first?.type === 'TemplateLiteral') {
    const [text = '', ...more] = first.quasis.map(({ value }) => value.cooked ?? '')
    return more.length > 0 ? titlePattern([text, ...more]) : text
  }
  if (first?.type !== 'Literal' || typeof first.value !== 'string') return undefined
  const parts = isTable(call) ? partsOfTitle(first.value) : []
  return parts.length > 1 ? titlePattern(parts) : first.value
}

/** Whether it makes a test for each row of a table: `it.each(rows)('title', …)`. */
function isTable({ callee }: CallExpression): boolean {
  return callee.type === 'CallExpression' || callee.type === 'TaggedTemplateExpression'
}

/** The first name in what is called: `it` in `it.concurrent.each(rows)(…)`. */
function makerOf(call: CallExpression): string {
  let node: Node = call
  for (;;) {
    if (node.type === 'CallExpression') node = node.callee
    else if (node.type === 'MemberExpression') node = node.object
    else if (node.type === 'TaggedTemplateExpression') node = node.tag
    else return node.type === 'Identifier' ? node.name : ''
  }
}

function eachChild(node: Node, visit: (child: Node) => void): void {
  for (const value of Object.values(node)) {
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) visit(item)
    } else if (isNode(value)) visit(value)
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && typeof (value as { type?: unknown } | null)?.type === 'string'
}
