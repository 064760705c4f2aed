import {
  type ArrowFunctionExpression,
  type Function as FunctionNode,
  type Node,
  visitorKeys,
} from 'oxc-parser'

/**
 * Whether the body of a function cannot be moved into a block: functions declared at its top with the same name
 * as each other or as a `var` are allowed in a body and an error in a block. Old hand-written code has them, and
 * `eval` can declare such a `var`.
 */
export function clashes(node: FunctionNode | ArrowFunctionExpression, source: string): boolean {
  if (node.body?.type !== 'BlockStatement') return false
  const declared = new Set<string>()
  for (const statement of node.body.body) {
    if (statement.type !== 'FunctionDeclaration' || !statement.id) continue
    if (declared.has(statement.id.name)) return true
    declared.add(statement.id.name)
  }
  if (declared.size === 0) return false
  return declaresVar(node.body, declared) || /\beval\s*\(/.test(source.slice(node.body.start, node.body.end))
}

function declaresVar(node: Node, names: ReadonlySet<string>): boolean {
  if (node.type === 'VariableDeclaration') {
    return node.kind === 'var' && node.declarations.some((declarator) => binds(declarator.id, names))
  }
  // Only statements hold `var` declarations of this function; expressions and inner functions do not.
  if (!/Statement$|^Switch|^Catch/.test(node.type)) return false
  return childrenOf(node).some((child) => declaresVar(child, names))
}

function binds(node: Node, names: ReadonlySet<string>): boolean {
  if (node.type === 'Identifier') return names.has(node.name)
  return childrenOf(node).some((child) => binds(child, names))
}

function childrenOf(node: Node): Node[] {
  const record = node as unknown as Record<string, Node | (Node | null)[] | null | undefined>
  return (visitorKeys[node.type] ?? []).flatMap((key) => record[key] ?? []).filter((child) => child !== null)
}
