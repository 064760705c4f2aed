import type { CallEdge, FunctionReference } from '@tstrace/results'

/** A function that calls, or is called, on the way from another one. */
export interface CallNode {
  readonly function: FunctionReference
  readonly calls: number
  readonly resumptions: number
  /** Whether what would be below it stands below another node, or is where the way began. */
  readonly elsewhere: boolean
  readonly below: readonly CallNode[]
}

/** In which direction the calls are followed, and how far. */
export interface CallWay {
  readonly to: 'callers' | 'callees'
  /** Levels, 1 or more. */
  readonly depth: number
}

interface GrowingNode extends CallNode {
  elsewhere: boolean
  readonly below: GrowingNode[]
}

/**
 * Who calls a function, who calls those, and so on; or whom it calls. What is below a function is found once, where it is
 * nearest to the start, so that recursion and cycles end.
 */
export function callTree(
  edges: readonly CallEdge[],
  start: FunctionReference,
  { depth, to }: CallWay,
): readonly CallNode[] {
  const nextTo = neighbours(edges, to)
  const seen = new Set([keyOf(start)])
  const first = nextTo(start)
  let level = first
  for (let depthNow = 1; level.length > 0; depthNow++) {
    const expanded: GrowingNode[] = []
    for (const node of level) {
      const key = keyOf(node.function)
      if (seen.has(key)) node.elsewhere = true
      else if (depthNow < depth) {
        node.below.push(...nextTo(node.function))
        if (node.below.length > 0) seen.add(key)
        expanded.push(...node.below)
      }
    }
    level = expanded
  }
  return first
}

function neighbours(
  edges: readonly CallEdge[],
  to: CallWay['to'],
): (from: FunctionReference) => GrowingNode[] {
  const [near, far] = to === 'callers' ? (['callee', 'caller'] as const) : (['caller', 'callee'] as const)
  const byFunction = new Map<string, CallEdge[]>()
  for (const edge of edges) {
    const key = keyOf(edge[near])
    const known = byFunction.get(key)
    if (known) known.push(edge)
    else byFunction.set(key, [edge])
  }
  return (from) =>
    (byFunction.get(keyOf(from)) ?? [])
      .filter(({ calls, resumptions }) => calls + resumptions > 0)
      .sort((a, b) => b.calls - a.calls || b.resumptions - a.resumptions)
      .map(({ calls, resumptions, ...edge }) => ({
        function: edge[far],
        calls,
        resumptions,
        elsewhere: false,
        below: [],
      }))
}

function keyOf({ name, path }: FunctionReference): string {
  return `${path}\0${name}`
}
