import type { ArrayPattern, Node, ObjectPattern } from 'oxc-parser'
import type { ImportedCalls } from './imported-calls.ts'
import { loadParser } from './parser.ts'

/*
 * Compilers map some tokens and leave out others: no map speaks of a parenthesis around an expression, of an operator,
 * or of a type. What reads a map (coverage tools, stack traces) takes the last mapped token before such a place. The
 * text we put around an expression has to stand for the token that the expression would have been looked up by without
 * us. The rules are those of esbuild and oxc, seen in their output; the two differ in the start of an arrow function
 * and in the bracket of `a[b]`.
 */

/** Whose maps the one of the instrumented code is combined with; with `none` that is nobody's, and each place is its own. */
export type Compiler = 'oxc' | 'esbuild' | 'none'

/**
 * Offset of the token that a map gives for the start of an expression.
 *
 * @param before offset of the last mapped token in front of it, if the compiler leaves it on the same line
 */
export function firstMapped(node: Node, before: number | undefined, compiler: Compiler): number {
  if (compiler === 'none') return node.start
  if (node.type === 'ArrowFunctionExpression') {
    if (node.async || compiler === 'esbuild') return node.start
    return before ?? (node.params[0] ?? node.body).start
  }
  if (node.type === 'ParenthesizedExpression') {
    const inner = bare(node)
    return isPrimary(inner)
      ? firstMapped(inner, before, compiler)
      : (before ?? firstMapped(inner, before, compiler))
  }
  if (node.type === 'ExpressionStatement' && compiler === 'oxc') return node.start
  const first = leftmost(node)
  if (!first) return node.start
  const inner = bare(first)
  if (inner === first || losesParentheses(inner, node)) return firstMapped(inner, before, compiler)
  return before ?? firstMapped(inner, before, compiler)
}

/** Whether an expression begins with the call of an imported name of which nothing is mapped. */
export function beginsUnmapped(node: Node, calls: ImportedCalls, compiler: Compiler): boolean {
  const printed = (part: Node): Node => (compiler === 'none' ? part : bare(part))
  for (let part: Node | undefined = printed(node); part; ) {
    if (part.type === 'CallExpression' && calls.has(part, printed(part.callee))) return true
    const first = leftmost(part)
    part = first && printed(first)
  }
  return false
}

/** Every so many nodes on the way down to the last token it is kept, for whoever begins further down on the same way. */
const KEPT = 16

const kept: Readonly<Record<Compiler, WeakMap<Node, { readonly at: number | undefined }>>> = {
  oxc: new WeakMap(),
  esbuild: new WeakMap(),
  none: new WeakMap(),
}

/**
 * Offset of the last token of a statement or expression that maps speak of, if there is one on its last line.
 *
 * @param depth how many nodes around it end with it. Default: nobody has asked for those
 */
export function lastMapped(node: Node, compiler: Compiler, depth = 0): number | undefined {
  if (compiler === 'none') return node.end - 1
  const isKept = depth > 0 && depth % KEPT === 0
  const known = isKept ? kept[compiler].get(node) : undefined
  if (known) return known.at
  const at = lastToken(node, compiler, depth)
  if (isKept) kept[compiler].set(node, { at })
  return at
}

function lastToken(node: Node, compiler: Compiler, depth: number): number | undefined {
  if (isPattern(node)) {
    // Its type belongs to it.
    const end = node.typeAnnotation?.start ?? node.end
    if (compiler === 'esbuild') return end - (node.optional ? 2 : 1)
  } else if (closesMapped.has(node.type)) return node.end - 1
  if (node.type === 'MemberExpression' && node.computed && compiler === 'esbuild') return node.end - 1
  if (compiler === 'esbuild' && node.type === 'UnaryExpression' && node.argument.type === 'Literal')
    return node.start
  if (node.type === 'TemplateLiteral') {
    const text = node.quasis.at(-1)?.value.raw ?? ''
    if (text.includes('\n')) return undefined
    if (node.expressions.length === 0) return node.start
    const tail = node.end - 1 - text.length
    if (compiler === 'esbuild') return tail - 1
    if (tail < node.end - 1) return tail
  }
  const last = rightmost(node)
  return last ? lastMapped(last, compiler, depth + 1) : node.start
}

/** The same for what stands in front of an offset, as far as its characters tell. */
export function mappedBefore(source: string, offset: number, compiler: Compiler): number {
  let at = offset - 1
  while (at > 0 && !/[\w$\])}"'`]/.test(source[at] as string)) at--
  while (at > 0 && /[\w$]/.test(source[at] as string) && /[\w$]/.test(source[at - 1] as string)) at--
  // A string is mapped by its beginning.
  if (/['"]/.test(source[at] as string)) return Math.max(source.lastIndexOf(source[at] as string, at - 1), 0)
  const mayBeArrow = source[at] === ')' && /^\)\s*(?:=>|$)/.test(source.slice(at, offset))
  const arrow = mayBeArrow ? placeOfLast('(', source, at) : undefined
  if (arrow !== undefined) {
    const isAsync = placeOfLast('async', source, arrow) !== undefined
    return compiler === 'esbuild' && !isAsync ? arrow : mappedBefore(source, arrow, compiler)
  }
  const isEsbuildIf = compiler === 'esbuild' && source.startsWith('if', at)
  const otherwise = isEsbuildIf ? placeOfLast('else', source, at) : undefined
  return otherwise === undefined ? Math.max(at, 0) : mappedBefore(source, otherwise, compiler)
}

/** Whether what stands in front of an expression ends a statement or the head of one, as far as its characters tell. */
export function startsStatement(source: string, offset: number): boolean {
  let at = offset
  while (at > 0 && /\s/.test(source[at - 1] as string)) at--
  if (at === 0 || /[;{})\]'"`]/.test(source[at - 1] as string)) return true
  const isBehindWord = /[\w$]/.test(source[at - 1] as string)
  return (
    isBehindWord &&
    (source.slice(at, offset).includes('\n') || /\b(?:else|do)$/.test(source.slice(Math.max(0, at - 5), at)))
  )
}

/**
 * Offset of a word or sign that stands in front of an offset, white space apart. It is read backwards: an expression that
 * ends there would be searched for from the start of the text.
 */
function placeOfLast(word: string, source: string, offset: number): number | undefined {
  let end = offset
  while (end > 0 && /\s/.test(source[end - 1] as string)) end--
  const at = end - word.length
  const isWhole = at >= 0 && source.startsWith(word, at)
  const isPartOfWord = /\w/.test(word) && /\w/.test(source[at - 1] ?? '')
  return isWhole && !isPartOfWord ? at : undefined
}

/** Nodes whose closing bracket is mapped. */
const closesMapped: ReadonlySet<string> = new Set([
  'ArrayExpression',
  'BlockStatement',
  'FunctionBody',
  'CallExpression',
  'ClassBody',
  'ImportExpression',
  'NewExpression',
  'ObjectExpression',
  'StaticBlock',
  'SwitchStatement',
])

function isPattern(node: Node): node is ArrayPattern | ObjectPattern {
  return node.type === 'ArrayPattern' || node.type === 'ObjectPattern'
}

const typed = /^TS(?:As|Satisfies|NonNull|TypeAssertion|Instantiation)(?:Expression)?$/

/** An expression without the parentheses and types around it. */
function bare(node: Node): Node {
  if (node.type !== 'ParenthesizedExpression' && !typed.test(node.type)) return node
  return bare((node as unknown as { expression: Node }).expression)
}

/** The part an expression starts with, where no token of its own stands in front of it. */
function leftmost(node: Node): Node | undefined {
  switch (node.type) {
    case 'AssignmentExpression':
    case 'BinaryExpression':
    case 'LogicalExpression':
      return node.left
    case 'ExpressionStatement':
    case 'ChainExpression':
      return node.expression
    case 'CallExpression':
      return node.callee
    case 'ConditionalExpression':
      return node.test
    case 'MemberExpression':
      return node.object
    case 'SequenceExpression':
      return node.expressions[0]
    case 'TaggedTemplateExpression':
      return node.tag
    case 'UpdateExpression':
      return node.prefix ? undefined : node.argument
    default:
      return typed.test(node.type) && node.type !== 'TSTypeAssertion' ? bare(node) : undefined
  }
}

/** The last part of a node that is left after types have been removed. */
function rightmost(node: Node): Node | undefined {
  if (node.type === 'Identifier') return undefined
  if (node.type === 'TemplateLiteral') return node.expressions.at(-1)
  const record = node as unknown as Record<string, Node | (Node | null)[] | null | undefined>
  const keys = loadParser().visitorKeys[node.type] ?? []
  for (let key = keys.length - 1; key >= 0; key--) {
    const child = record[keys[key] as string]
    const last = Array.isArray(child) ? child.findLast(isLeft) : child
    if (isLeft(last)) return last
  }
  return undefined
}

function isLeft(child: Node | null | undefined): child is Node {
  return child !== null && child !== undefined && !isType(child)
}

function isType({ type }: Node): boolean {
  return type.startsWith('TS') && !typed.test(type)
}

/** Whether compilers print `inner`, the first part of `outer`, without the parentheses it stands in. */
function losesParentheses(inner: Node, outer: Node): boolean {
  if (isPrimary(inner) || (outer.type === 'SequenceExpression' && inner.type !== outer.type)) return true
  const { operator } = outer as unknown as { operator?: string }
  const outside = outer.type === 'ConditionalExpression' ? 0.5 : (precedence[operator ?? ''] ?? 99)
  if (/^(Unary|Await)Expression$/.test(inner.type)) return outside < (precedence['**'] as number)
  if (inner.type !== 'BinaryExpression' && inner.type !== 'LogicalExpression') return false
  const mixes = (operator === '??') !== (inner.operator === '??') && inner.type === outer.type
  return !mixes && (precedence[inner.operator] ?? 0) >= outside && operator !== '**'
}

function isPrimary({ type }: Node): boolean {
  return /^(?:Identifier|Literal|(?:Member|Call|This|Array|New|Import|TaggedTemplate|Chain)Expression|TemplateLiteral|MetaProperty)$/.test(
    type,
  )
}

/** How tightly binary operators bind. */
const precedence: Readonly<Record<string, number>> = Object.fromEntries(
  [
    '??',
    '||',
    '&&',
    '|',
    '^',
    '&',
    '== != === !==',
    '< > <= >= in instanceof',
    '<< >> >>>',
    '+ -',
    '* / %',
    '**',
  ].flatMap((operators, index) => operators.split(' ').map((operator) => [operator, index + 1])),
)
