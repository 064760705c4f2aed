import type { Node } from '@tstrace/instrument/syntax'
import { type CountedNodes, childrenOf, isFunction } from './counted-nodes.ts'
import type { Exit } from './reason.ts'

/** What of a statement can be left without leaving the statement. */
interface Inside {
  /** Whether `break` without a label ends something in the statement. */
  readonly breaks: boolean
  readonly continues: boolean
  readonly catches: boolean
  readonly labels: readonly string[]
}

const KINDS: Readonly<Record<string, Exit['kind']>> = {
  ReturnStatement: 'return',
  ThrowStatement: 'throw',
  BreakStatement: 'break',
  ContinueStatement: 'continue',
}

/** By what in a statement execution left it, each with how often, in source order. What never ran is not among them. */
export function exitsOf(statement: Node, nodes: CountedNodes): Exit[] {
  return exitsIn(statement, nodes, { breaks: false, continues: false, catches: false, labels: [] })
}

function exitsIn(node: Node, nodes: CountedNodes, inside: Inside): Exit[] {
  if (isFunction(node) || node.type === 'ClassBody') return []
  const kind = KINDS[node.type]
  if (kind) {
    const count = nodes.countOf(node) ?? 0
    return count > 0 && leaves(node, inside) ? [{ kind, line: nodes.lineOf(node), count }] : []
  }
  return childrenOf(node).flatMap((child) => exitsIn(child, nodes, within(node, child, inside)))
}

function leaves(node: Node, { breaks, catches, continues, labels }: Inside): boolean {
  switch (node.type) {
    case 'ThrowStatement':
      return !catches
    case 'BreakStatement':
      return node.label ? !labels.includes(node.label.name) : !breaks
    case 'ContinueStatement':
      return node.label ? !labels.includes(node.label.name) : !continues
    default:
      return true
  }
}

function within(node: Node, child: Node, inside: Inside): Inside {
  switch (node.type) {
    case 'LabeledStatement':
      return { ...inside, labels: [...inside.labels, node.label.name] }
    case 'SwitchStatement':
      return { ...inside, breaks: true }
    case 'TryStatement':
      return node.handler && child === node.block ? { ...inside, catches: true } : inside
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
      return { ...inside, breaks: true, continues: true }
    default:
      return inside
  }
}
