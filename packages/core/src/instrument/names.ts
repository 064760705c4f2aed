import type { CallExpression, Expression, Node, PropertyKey } from 'oxc-parser'

/** The name a property key gives to what it holds: the key, `#private`, or the source of a computed one. */
export function nameOfKey(node: { key: PropertyKey; computed: boolean }, source: string): string {
  const { key } = node
  if (node.computed) return `[${source.slice(key.start, key.end)}]`
  if (key.type === 'Identifier') return key.name
  if (key.type === 'PrivateIdentifier') return `#${key.name}`
  return key.type === 'Literal' ? String(key.value) : source.slice(key.start, key.end)
}

/** The name an assignment gives to a function on its right: `handler`, `exports.parse`, `Parser.prototype.next`. */
export function nameOfTarget(node: Node): string | undefined {
  return node.type === 'Identifier' || node.type === 'MemberExpression' ? dotted(node) : undefined
}

/** The name of a callback given to a call with a literal first argument: `it("adds two numbers")`. */
export function nameOfCallback(node: CallExpression): string | undefined {
  const text = literalText(node.arguments[0])
  if (text === undefined) return undefined
  // `it.each([…])('adds %i', …)`: the call that matters to a reader is the one underneath.
  const callee = node.callee.type === 'CallExpression' ? node.callee.callee : node.callee
  const called = callee.type === 'TaggedTemplateExpression' ? dotted(callee.tag) : dotted(callee)
  return called === undefined ? undefined : `${called}(${JSON.stringify(text)})`
}

function literalText(node: Node | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined
  return node.quasis[0]?.value.cooked ?? undefined
}

function dotted(node: Expression | Node): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return node.name
    case 'ThisExpression':
      return 'this'
    case 'MemberExpression': {
      const object = dotted(node.object)
      if (object === undefined) return undefined
      if (node.property.type === 'PrivateIdentifier') return `${object}.#${node.property.name}`
      return !node.computed && node.property.type === 'Identifier'
        ? `${object}.${node.property.name}`
        : undefined
    }
    default:
      return undefined
  }
}
