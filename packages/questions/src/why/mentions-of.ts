import type { Node } from '@tstrace/instrument/syntax'
import { type CountedNodes, childrenOf } from './counted-nodes.ts'
import type { Reached } from './reason.ts'

/**
 * From where in its text a function may be called: where its name is called, or handed on. A name says nothing of what it
 * stands for, so that calls of others with the same name are found as well.
 *
 * @param name in the site table: `Parser.parse`
 * @returns the lines, each once, ascending
 */
export function mentionsOf(definition: Node, name: string, nodes: CountedNodes): Reached[] {
  const word = wordOf(name)
  if (word === undefined) return []
  const lines = new Map<number, number>()
  const visit = (node: Node, around: number): void => {
    if (node === definition) return
    const count = nodes.countOf(node) ?? around
    const line = nodes.lineOf(node)
    if (isCall(node, word)) lines.set(line, Math.max(count, lines.get(line) ?? 0))
    for (const child of childrenOf(node)) visit(child, count)
  }
  visit(nodes.program, nodes.evaluations)
  return [...lines].sort(([a], [b]) => a - b).map(([line, count]) => ({ line, count }))
}

/** What a call of it has: `parse` for `Parser.parse:12`, `Parser` for `Parser.constructor`. */
function wordOf(name: string): string | undefined {
  const plain = name.replace(/(?::\d+)+$/, '').replace(/\.constructor$/, '')
  return /[\p{ID_Start}$_#][\p{ID_Continue}$]*$/u.exec(plain)?.[0]
}

function isCall(node: Node, word: string): boolean {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return false
  return [node.callee, ...node.arguments].some((part) => isNamed(part, word))
}

function isNamed(node: Node, word: string): boolean {
  if (node.type === 'Identifier') return node.name === word
  if (node.type !== 'MemberExpression' || node.computed) return false
  const { property } = node
  return (property.type === 'PrivateIdentifier' ? `#${property.name}` : property.name) === word
}
