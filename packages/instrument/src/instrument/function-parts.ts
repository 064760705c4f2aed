import type { ArrowFunctionExpression, Function as FunctionNode, Node, ParamPattern } from 'oxc-parser'

/** A node that is a function with a body. */
export type AnyFunction = FunctionNode | ArrowFunctionExpression

export function isFunction(node: Node): node is AnyFunction {
  const { type } = node
  return type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression'
}

/** What others see of a function without a call; defaults of parameters are evaluated inside. */
export function outsideOf(node: AnyFunction): readonly unknown[] {
  const { async, generator, id, params, returnType, type, typeParameters } = node
  return [{ type, id, async, generator, typeParameters, returnType }, ...params.map(withoutDefault)]
}

/** What a function does when it is called. */
export function insideOf({ async, body, generator, params }: AnyFunction): object {
  return { async, generator, params, body }
}

function withoutDefault(parameter: ParamPattern | Node): unknown {
  if (parameter.type === 'AssignmentPattern') return [parameter.left, parameter.decorators, 'default']
  if (parameter.type === 'TSParameterProperty')
    return [{ ...parameter, parameter: undefined }, withoutDefault(parameter.parameter)]
  return parameter
}

/** Where something stands, and how it is written. */
const NOT_CONTENT: ReadonlySet<string> = new Set(['start', 'end', 'range', 'loc', 'parent'])

/** Whether a field of a node says what it does. */
export function isContent(field: string, node: object): boolean {
  return !(NOT_CONTENT.has(field) || (field === 'raw' && 'value' in node))
}

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && typeof (value as { type?: unknown } | null)?.type === 'string'
}
