import type { CallExpression, Expression, NewExpression, Node, PropertyKey } from 'oxc-parser'

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

/**
 * The name of a callback: what it is given to, with the title in front of it where there is one, as in
 * `it("adds two numbers")`, and `beforeEach(…)` or `map(…)` where there is none.
 */
export function nameOfCallback(node: CallExpression | NewExpression, source: string): string | undefined {
  const title = node.arguments.length > 1 ? titleOf(node.arguments[0], source) : undefined
  // `it.each([…])('adds %i', …)`: the call that matters to a reader is the one underneath.
  const isTable = title !== undefined && node.callee.type === 'CallExpression'
  const outer = isTable ? (node.callee as CallExpression).callee : node.callee
  const callee = outer.type === 'TaggedTemplateExpression' ? outer.tag : outer
  const called = title === undefined ? undefined : dotted(callee)
  if (called !== undefined) return `${called}(${JSON.stringify(title)})`
  const last = lastNameOf(callee)
  if (last === undefined) return undefined
  return `${node.type === 'NewExpression' ? 'new ' : ''}${last}(${title === undefined ? '…' : JSON.stringify(title)})`
}

/** The text of a string or a template, of whose expressions the source is shown. */
function titleOf(node: Node | undefined, source: string): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value
  if (node?.type !== 'TemplateLiteral') return undefined
  const texts = node.quasis.map(({ value }, place) => {
    const expression = node.expressions[place]
    const shown = expression && source.slice(expression.start, expression.end).replaceAll(/\s+/g, ' ')
    return (value.cooked ?? value.raw) + (shown === undefined ? '' : `\${${shown}}`)
  })
  return texts.join('')
}

/** `map` of `values().map`. */
function lastNameOf(node: Node): string | undefined {
  switch (node.type) {
    case 'Identifier':
      return node.name
    case 'MemberExpression':
      if (node.property.type === 'PrivateIdentifier') return `#${node.property.name}`
      return !node.computed && node.property.type === 'Identifier' ? node.property.name : undefined
    case 'ChainExpression':
    case 'ParenthesizedExpression':
    case 'TSNonNullExpression':
      return lastNameOf(node.expression)
    default:
      return undefined
  }
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
