import type { Node } from 'oxc-parser'
import { isNamedByPlace, namedBy } from './classes.ts'
import { resumptionIfSuspended } from './suspension.ts'
import type { Walk } from './walk.ts'

/**
 * The head of `for await`: what it evaluates for an element runs before the body, where the function is suspended still.
 * Each expression in it makes the function the current one first.
 */
export function resumingHead(head: Node, walk: Walk): void {
  const parts = evaluatedIn(head)
  for (const { name, node } of parts) {
    const named = name === undefined ? '' : namedBy(name).opening
    walk.insertions.open(node, `(${resumptionIfSuspended(walk)},${named}`, { kind: 'calls' })
  }
  walk.visit(head)
  for (const { name, node } of parts)
    walk.insertions.closeWhole(node, name === undefined ? ')' : `${namedBy(name).closing})`, 'calls')
}

interface Evaluated {
  readonly node: Node
  /** The name that an anonymous class takes from where it stands, which it has to keep. */
  readonly name?: string
}

/** What a declaration or target evaluates of itself, apart from each other: keys, default values, objects of members. */
function evaluatedIn(node: Node | null): Evaluated[] {
  switch (node?.type) {
    case 'VariableDeclaration':
      return node.declarations.flatMap(({ id }) => evaluatedIn(id))
    case 'ArrayPattern':
      return node.elements.flatMap(evaluatedIn)
    case 'ObjectPattern':
      return node.properties.flatMap((item) => [
        ...(item.type === 'Property' && item.computed ? [{ node: item.key }] : []),
        ...evaluatedIn(item.type === 'Property' ? item.value : item),
      ])
    case 'RestElement':
      return evaluatedIn(node.argument)
    case 'AssignmentPattern':
      return [...evaluatedIn(node.left), ...defaultOf(node.left, node.right)]
    case 'MemberExpression':
      // Nothing but a member may follow `super`.
      if (node.object.type !== 'Super') return [{ node: node.object }]
      return node.computed ? [{ node: node.property }] : []
    default:
      return []
  }
}

function defaultOf(target: Node, value: Node): Evaluated[] {
  if (!isNamedByPlace(value) || target.type !== 'Identifier') return [{ node: value }]
  return bareTypeOf(value) === 'ClassExpression' ? [{ node: value, name: target.name }] : []
}

function bareTypeOf(node: Node): string {
  return node.type === 'ParenthesizedExpression' ? bareTypeOf(node.expression) : node.type
}
