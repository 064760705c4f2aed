import type { CallExpression, Node } from 'oxc-parser'
import { sourceKind } from '../source-file/source-kind.ts'
import { parse } from './parse.ts'
import { PlainTestLines } from './plain-test-lines.ts'
import { SourceLines } from './source-lines.ts'
import { partsOfTitle, titlePattern } from './test-title.ts'

/** A call whose first argument is a title and another one a function: a test or a describe, as far as the text says. */
interface Titled {
  readonly title: Title
  /** The titled calls around it, outermost first, and itself. */
  readonly chain: readonly Titled[]
  readonly line: number
  /** Whether it is made once only: in no loop, and in no function but those of titled calls. */
  readonly isOnce: boolean
}

/** All of it, what it is made by, or undefined where the text of the file does not say. */
type Title = string | RegExp | undefined

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

/** A test file that was read. */
interface TestFile {
  readonly text: string
  readonly plain: PlainTestLines
  /** Its calls, where they had to be looked for. */
  titled?: readonly Titled[]
}

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
    const known = this.#fileAt(file)
    if (!known) return 0
    const line = index === 0 ? known.plain.lineOf(titles) : undefined
    if (line !== undefined) return line
    known.titled ??= titledIn(known.text, file)
    const found = known.titled.filter(({ chain }) => isChainOf(chain, titles))
    const said = found.filter(({ chain }) => chain.every(({ title }) => title !== undefined))
    const likely = said.length > 0 ? said : found
    if (likely.length === 1) return likely[0]?.line ?? 0
    // Each of them may have made any of the tests, unless each has made one.
    return likely.every(({ isOnce }) => isOnce) ? (likely[index]?.line ?? 0) : 0
  }

  /** Undefined for one that is gone. */
  #fileAt(path: string): TestFile | undefined {
    if (!this.#known.has(path)) this.#known.set(path, fileFrom(this.#read, path))
    return this.#known.get(path)
  }
}

function fileFrom(read: (file: string) => string, path: string): TestFile | undefined {
  try {
    const text = read(path)
    return { text, plain: new PlainTestLines(text) }
  } catch {
    return undefined
  }
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
