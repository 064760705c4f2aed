import { type Class, type Node, type ParserOptions, parseSync, visitorKeys } from 'oxc-parser'

/** The syntax tree of a source with what the comparison asks it: lines, parents, and what starts where. */
export interface Syntax {
  readonly source: string
  readonly program: Node
  /** All nodes, a node in front of those inside it. */
  readonly nodes: readonly Node[]
  /** The texts of all comments. */
  readonly comments: readonly string[]
  /** The 1-based line of an offset. */
  lineAt(offset: number): number
  /** The offset of a 1-based line and 0-based column. */
  offsetOf(line: number, column: number): number
  parentOf(node: Node): Node | undefined
  /** Where a node starts behind its decorators. */
  startBehindDecorators(node: Node): number
  /** Everything that starts at an offset, with its decorators or behind them, the outermost first. */
  startingAt(offset: number): readonly Node[]
}

/** Parses a source; its name says in which language. */
export function syntaxOf(source: string, path: string): Syntax {
  const lang = (/\.[cm]?(tsx?|jsx?)$/.exec(path)?.[1] ?? 'js') as NonNullable<ParserOptions['lang']>
  const { comments, program } = parseSync(path, source, { lang })
  const starts = [0, ...[...source.matchAll(/\r\n?|\n/g)].map(({ 0: end, index }) => index + end.length)]
  const parents = new Map<Node, Node>()
  const byStart = new Map<number, Node[]>()
  const nodes: Node[] = []
  const startBehindDecorators = (node: Node): number => {
    const last = 'decorators' in node ? node.decorators?.at(-1) : undefined
    const blanks = /(?:\s|\/\*[\s\S]*?\*\/|\/\/.*)*/y
    blanks.lastIndex = last?.end ?? 0
    return last ? last.end + (blanks.exec(source)?.[0].length ?? 0) : node.start
  }
  const visit = (node: Node): void => {
    nodes.push(node)
    for (const start of new Set([node.start, startBehindDecorators(node)])) {
      const same = byStart.get(start)
      if (same) same.push(node)
      else byStart.set(start, [node])
    }
    for (const child of childrenOf(node)) {
      parents.set(child, node)
      visit(child)
    }
  }
  visit(program)
  return {
    source,
    program,
    nodes,
    comments: comments.map(({ value }) => value),
    lineAt: (offset) => starts.findLastIndex((at) => at <= offset) + 1,
    offsetOf: (line, column) => (starts[line - 1] ?? 0) + column,
    parentOf: (node) => parents.get(node),
    startBehindDecorators,
    startingAt: (offset) => byStart.get(offset) ?? [],
  }
}

/** The nodes directly inside a node. */
export function childrenOf(node: Node): Node[] {
  const inside: Node[] = []
  for (const key of visitorKeys[node.type] ?? []) {
    const child = (node as unknown as Record<string, Node | (Node | null)[] | null>)[key]
    for (const item of Array.isArray(child) ? child : [child]) if (item) inside.push(item)
  }
  return inside
}

/** What compilers leave of an expression: the inside of parentheses, the value in front of a type. */
export function bare(node: Node): Node {
  const wraps = /^(ParenthesizedExpression|TS(As|Satisfies|NonNull|Instantiation)Expression|TSTypeAssertion)$/
  return wraps.test(node.type) && 'expression' in node ? bare(node.expression as Node) : node
}

/** What comes first in an expression once compilers have dropped the parentheses it begins with. */
export function firstInside(node: Node): Node {
  const inner = bare(node)
  switch (inner.type) {
    case 'CallExpression':
      return firstInside(inner.callee)
    case 'MemberExpression':
      return firstInside(inner.object)
    case 'BinaryExpression':
    case 'LogicalExpression':
      return firstInside(inner.left)
    case 'ConditionalExpression':
      return firstInside(inner.test)
    default:
      return inner
  }
}

/** The statements of a node that holds a list of them. */
export function listOf(node: Node): readonly Node[] | undefined {
  switch (node.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
    case 'TSModuleBlock':
      return node.body as readonly Node[]
    case 'SwitchCase':
      return node.consequent
    default:
      return undefined
  }
}

/** Whether a node is a function. */
export function isFunction(node: Node): boolean {
  return /^(Function(Declaration|Expression)|ArrowFunctionExpression)$/.test(node.type)
}

/** Whether an expression is a function with a block for a body, in parentheses or in front of a type as well. */
export function isFunctionWithBlock(value: Node): boolean {
  const node = bare(value)
  return isFunction(node) && 'body' in node && (node.body as Node | null)?.type === 'BlockStatement'
}

/** Whether a node is a class. */
export function isClass(node: Node): node is Class {
  return /^Class(Declaration|Expression)$/.test(node.type)
}

/** Whether a node is a loop. */
export function isLoop(node: Node): node is Node & { body: Node } {
  return /^(For(In|Of)?|While|DoWhile)Statement$/.test(node.type)
}

/** Whether an expression is an arm: of `? :`, or the right side of `&&`, `||` or `??`. */
export function isArm(node: Node, parent: Node): boolean {
  return parent.type === 'ConditionalExpression'
    ? parent.test !== node
    : parent.type === 'LogicalExpression' && parent.right === node
}

/** Whether only white space, opening parentheses and an operator stand before an offset on its line. */
export function startsLine(source: string, at: number): boolean {
  return /(^|[\r\n])[ \t(?:&|]*$/.test(source.slice(Math.max(0, at - 400), at))
}
