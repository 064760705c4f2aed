import type { SyntaxNode, Tree } from '@lezer/common'
import { highlightTree, tagHighlighter, tags } from '@lezer/highlight'
import { parser } from '@lezer/javascript'
import { type Language, sourceKind } from '@tstrace/instrument/source-file'

/** A part of a text that is shown in its own way. */
export interface Token {
  readonly from: number
  readonly to: number
  /** Its class. */
  readonly kind: string
  /** Whether it is the name of what is called. */
  readonly isCalled: boolean
}

const HIGHLIGHTER = tagHighlighter([
  { tag: tags.keyword, class: 'k' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.attributeValue], class: 's' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], class: 'n' },
  { tag: tags.comment, class: 'c' },
  { tag: [tags.typeName, tags.className, tags.namespace, tags.tagName], class: 't' },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName)], class: 'f' },
  { tag: [tags.propertyName, tags.attributeName], class: 'p' },
])

/** Of the parser. */
const DIALECTS: Readonly<Record<Language, string>> = { js: 'jsx', jsx: 'jsx', ts: 'ts', tsx: 'ts jsx' }

/** The tokens of a source, in order; none for what is neither JavaScript nor TypeScript. */
export function tokensOf(path: string, text: string): readonly Token[] {
  const language = sourceKind(path)?.language
  if (language === undefined) return []
  const dialect = DIALECTS[language]
  const tree = parser.configure({ dialect }).parse(text)
  const called = calledNames(tree)
  const tokens: Token[] = []
  highlightTree(tree, HIGHLIGHTER, (from, to, classes) => {
    tokens.push({ from, to, kind: classes, isCalled: called.has(from) })
  })
  return withCalled(tokens, called)
}

/** Where the names of what is called start, and end. */
function calledNames(tree: Tree): Map<number, number> {
  const names = new Map<number, number>()
  tree.iterate({
    enter({ name, node }) {
      if (name !== 'CallExpression' && name !== 'NewExpression') return
      const callee = name === 'NewExpression' ? node.firstChild?.nextSibling : node.firstChild
      const called = callee && nameIn(callee)
      if (called) names.set(called.from, called.to)
    },
  })
  return names
}

function nameIn(callee: SyntaxNode): SyntaxNode | undefined {
  if (callee.name === 'VariableName') return callee
  if (callee.name !== 'MemberExpression') return undefined
  const last = callee.lastChild
  return last?.name === 'PropertyName' ? last : undefined
}

/** What is called is a token, also where nothing highlights it. */
function withCalled(tokens: readonly Token[], called: ReadonlyMap<number, number>): readonly Token[] {
  const known = new Set(tokens.map(({ from }) => from))
  const more = [...called].flatMap(([from, to]): Token[] =>
    known.has(from) ? [] : [{ from, to, kind: 'f', isCalled: true }],
  )
  return more.length === 0 ? tokens : [...tokens, ...more].sort((a, b) => a.from - b.from)
}

/** Those of some tokens that are in a part of the text, cut to it. */
export function tokensIn(tokens: readonly Token[], from: number, to: number): Token[] {
  const found: Token[] = []
  for (let at = firstAfter(tokens, from); at < tokens.length; at++) {
    const token = tokens[at] as Token
    if (token.from >= to) break
    found.push({ ...token, from: Math.max(from, token.from), to: Math.min(to, token.to) })
  }
  return found
}

/** The first token that ends behind a place. */
function firstAfter(tokens: readonly Token[], place: number): number {
  let [low, high] = [0, tokens.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tokens[middle] as Token).to <= place) low = middle + 1
    else high = middle
  }
  return low
}
