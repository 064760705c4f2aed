import {
  type ArrowFunctionExpression,
  type Function as FunctionNode,
  type Node,
  type VariableDeclaration,
  visitorKeys,
} from 'oxc-parser'

/**
 * Whether a function can be made the current one: entry and exit have to fit around its body, and it has to be known
 * when it is suspended, which the end of a block with `await using` does not show.
 */
export function canBeCurrent(node: FunctionNode | ArrowFunctionExpression, source: string): boolean {
  if (node.body?.type !== 'BlockStatement') return true
  if (clashes(node, source)) return false
  if (!node.async || !/\bawait\s+using\b/.test(source.slice(node.body.start, node.body.end))) return true
  return !declares(node.body, isAwaitUsing)
}

/**
 * Whether the body of a function cannot be moved into a block: functions declared at its top with the same name
 * as each other or as a `var` are allowed in a body and an error in a block. Old hand-written code has them, and
 * `eval` can declare such a `var`.
 */
function clashes(node: FunctionNode | ArrowFunctionExpression, source: string): boolean {
  if (node.body?.type !== 'BlockStatement') return false
  const declared = new Set<string>()
  for (const statement of node.body.body) {
    if (statement.type !== 'FunctionDeclaration' || !statement.id) continue
    if (declared.has(statement.id.name)) return true
    declared.add(statement.id.name)
  }
  if (declared.size === 0) return false
  const isClashing = ({ declarations, kind }: VariableDeclaration): boolean =>
    kind === 'var' && declarations.some((declarator) => binds(declarator.id, declared))
  return declares(node.body, isClashing) || /\beval\s*\(/.test(source.slice(node.body.start, node.body.end))
}

/** Whether a `var`, `let` and the like of the kind that is asked for stands in a statement of this function. */
function declares(node: Node, isAskedFor: (node: VariableDeclaration) => boolean): boolean {
  if (node.type === 'VariableDeclaration') return isAskedFor(node)
  // Only statements hold declarations of this function; expressions and inner functions do not.
  if (!/Statement$|^Switch|^Catch/.test(node.type)) return false
  return childrenOf(node).some((child) => declares(child, isAskedFor))
}

function isAwaitUsing({ kind }: VariableDeclaration): boolean {
  return kind === 'await using'
}

function binds(node: Node, names: ReadonlySet<string>): boolean {
  if (node.type === 'Identifier') return names.has(node.name)
  return childrenOf(node).some((child) => binds(child, names))
}

function childrenOf(node: Node): Node[] {
  const record = node as unknown as Record<string, Node | (Node | null)[] | null | undefined>
  return (visitorKeys[node.type] ?? []).flatMap((key) => record[key] ?? []).filter((child) => child !== null)
}
