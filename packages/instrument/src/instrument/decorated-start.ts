import type { Node } from 'oxc-parser'

/** Where a statement starts, decorators in front of `export` included. */
export function decoratedStart(node: Node): number {
  const declaration =
    node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration'
      ? node.declaration
      : node
  if (declaration?.type !== 'ClassDeclaration') return node.start
  return Math.min(node.start, declaration.decorators[0]?.start ?? node.start)
}
