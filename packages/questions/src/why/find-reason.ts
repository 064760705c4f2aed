import type { Node } from '@tstrace/instrument/syntax'
import { type CountedNodes, isFunction, type NodePath } from './counted-nodes.ts'
import { exitsOf } from './exits-of.ts'
import { mentionsOf } from './mentions-of.ts'
import type { Arm, Left, NotTaken, Reached, Reason, Stopped } from './reason.ts'

/** What stands in something else, and what is around that. */
interface Inner {
  /** That of which `child` is a part. */
  readonly parent: Node
  readonly child: Node
  /** From `parent` outwards. */
  readonly path: NodePath
  readonly nodes: CountedNodes
}

/**
 * Why what is at a place never ran: goes outwards until something is found that did run.
 *
 * @returns undefined where nothing around it says why
 */
export function findReason(nodes: CountedNodes, place: { line: number; column: number }): Reason | undefined {
  if (nodes.evaluations === 0) return { kind: 'not loaded' }
  const path = nodes.pathTo(place)
  const [innermost] = path
  // What counts there is a part of it that no node begins with, as the test of `do … while`.
  const begun = innermost && (nodes.countOf(innermost) ?? 0) > 0 ? ended(innermost, nodes) : undefined
  if (begun) return begun
  for (let at = 1; at < path.length; at++) {
    const [child, parent] = [path[at - 1] as Node, path[at] as Node]
    const reason = reasonIn({ child, parent, nodes, path: path.slice(at) })
    if (reason) return reason
  }
  return undefined
}

function reasonIn(inner: Inner): Reason | undefined {
  const { child, nodes, parent, path } = inner
  switch (parent.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
    case 'TSModuleBlock':
      return before(parent.body, child, nodes)
    case 'SwitchCase':
      return before(parent.consequent, child, nodes)
    case 'IfStatement':
      return child === parent.test ? undefined : notTaken(inner, 'if', [parent.consequent, parent.alternate])
    case 'SwitchStatement':
      return child === parent.discriminant ? undefined : notTaken(inner, 'switch', parent.cases)
    case 'ConditionalExpression':
      return child === parent.test ? undefined : notTaken(inner, '?:', [parent.consequent, parent.alternate])
    case 'LogicalExpression':
      return child === parent.left ? undefined : notTaken(inner, parent.operator, [parent.right])
    case 'AssignmentPattern':
      return child === parent.left ? undefined : reached(inner, 'not used')
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
      return child === parent.body ? reached(inner, 'no round') : undefined
    case 'TryStatement':
      if (child === parent.handler) return reached(inner, 'not thrown')
      return child === parent.finalizer ? ifBegun(parent, nodes) : undefined
    case 'PropertyDefinition':
      // Execution comes to a class, and from there to its fields only for each instance.
      return parent.static || nodes.countOf(parent) !== 0
        ? undefined
        : reached({ ...inner, path: path.slice(2) }, 'no instance')
    default:
      return isFunction(parent) ? neverCalled(parent, path, nodes) : undefined
  }
}

/** Whether something in front of it in a list was begun and never ended. */
function before(list: readonly Node[], child: Node, nodes: CountedNodes): Reason | undefined {
  for (const statement of list.slice(0, list.indexOf(child)).reverse()) {
    // A definition is there before anything runs.
    if (nodes.siteOf(statement)?.rule === 'definition') continue
    const reason = ifBegun(statement, nodes)
    if (reason) return reason
  }
  return undefined
}

function ifBegun(statement: Node, nodes: CountedNodes): Left | Stopped | undefined {
  return (nodes.countOf(statement) ?? 0) > 0 ? ended(statement, nodes) : undefined
}

function ended(statement: Node, nodes: CountedNodes): Left | Stopped {
  const exits = exitsOf(statement, nodes)
  const reached = { line: nodes.lineOf(statement), count: nodes.countOf(statement) ?? 0 }
  return exits.length > 0 ? { kind: 'left', ...reached, exits } : { kind: 'stopped', ...reached }
}

function notTaken(
  { child, nodes, path }: Inner,
  branch: NotTaken['branch'],
  ways: readonly (Node | null)[],
): NotTaken | undefined {
  const arrival = arrivalAt(path, nodes)
  if (!arrival) return undefined
  const arms = ways.map((way, at): Arm => {
    if (way) return { line: nodes.lineOf(way), count: way === child ? 0 : nodes.countOf(way) }
    // No `else`: whatever did not take the other way.
    const taken = (ways[1 - at] && nodes.countOf(ways[1 - at] as Node)) ?? 0
    return { line: arrival.line, count: arrival.count - taken }
  })
  return { kind: 'not taken', branch, ...arrival, arm: ways.indexOf(child), arms }
}

function reached<Kind extends 'not used' | 'no round' | 'not thrown' | 'no instance'>(
  { nodes, path }: Inner,
  kind: Kind,
): (Reached & { readonly kind: Kind }) | undefined {
  const arrival = arrivalAt(path, nodes)
  return arrival && { kind, ...arrival }
}

function neverCalled(node: Node, path: NodePath, nodes: CountedNodes): Reason | undefined {
  const found = nodes.functionOf(node)
  if (!found || found.calls > 0) return undefined
  const arrival = arrivalAt(path, nodes)
  if (!arrival) return undefined
  const { name } = found
  return {
    kind: 'never called',
    ...arrival,
    line: nodes.lineOf(node),
    name,
    mentions: mentionsOf(node, name, nodes),
  }
}

/**
 * Where execution came to a node: the innermost thing around it that counts, up to the function that it is in.
 *
 * @returns undefined where it never came
 */
function arrivalAt(path: NodePath, nodes: CountedNodes): Reached | undefined {
  const [node] = path
  if (!node) return undefined
  for (const [at, around] of path.entries()) {
    const count = nodes.countOf(around)
    if (count !== undefined) return count > 0 ? { line: nodes.lineOf(node), count } : undefined
    if (at > 0 && isFunction(around)) {
      const calls = nodes.functionOf(around)?.calls ?? 0
      return calls > 0 ? { line: nodes.lineOf(node), count: calls } : undefined
    }
  }
  return { line: nodes.lineOf(node), count: nodes.evaluations }
}
