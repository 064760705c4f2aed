import {
  type ArrowFunctionExpression,
  type Class,
  type FunctionBody,
  type Function as FunctionNode,
  type Node,
  visitorKeys,
} from 'oxc-parser'
import type { Walk } from './walk.ts'

/**
 * How a function becomes the current one, and stops being it:
 *
 * - `guarded`: `try { … } finally { … }` around its body.
 * - `bare`: at its end and at each `return`. An exception leaves it current until the next `catch` or `finally`, or the
 *   end of any function below it, puts that right.
 * - `none`: not at all; calls from it count for its caller.
 */
export type Wrapping = 'guarded' | 'bare' | 'none'

/** Which wrapping a function can have. */
export function wrappingOf(node: FunctionNode | ArrowFunctionExpression, walk: Walk): Wrapping {
  const { async, body, generator } = node
  if (body?.type !== 'BlockStatement') return 'guarded'
  const text = walk.source.slice(body.start, body.end)
  // The end of such a block suspends the function where nothing can be inserted.
  if (async && /\bawait\s+using\b/.test(text) && holds(body, isAwaitUsing)) return 'none'
  if (!walk.unguarded.has(node) && !clashes(body, text)) return 'guarded'
  // `return` would leave the function before a `finally` around it runs.
  return async || generator || holds(body, returnsThroughFinally) ? 'none' : 'bare'
}

/**
 * The constructor of a class, if transformers move code into it behind `super()`: initialisers of fields and
 * parameter properties. They expect that call at the top of the body (TypeScript's error 2401); within `try` oxc
 * puts that code in front of it.
 */
export function constructorToFill(node: Class): FunctionNode | undefined {
  const { body } = node.body
  const found = body.find((member) => member.type === 'MethodDefinition' && member.kind === 'constructor')
  if (!node.superClass || found?.type !== 'MethodDefinition') return undefined
  const fills =
    found.value.params.some((parameter) => parameter.type === 'TSParameterProperty') ||
    body.some(
      (member) =>
        member.type === 'PropertyDefinition' ||
        member.type === 'AccessorProperty' ||
        ('decorators' in member && member.decorators.length > 0),
    )
  return fills ? found.value : undefined
}

/**
 * Whether the body of a function cannot be moved into a block: functions declared at its top with the same name
 * as each other or as a `var` are allowed in a body and an error in a block. Old hand-written code has them, and
 * `eval` can declare such a `var`.
 */
function clashes(body: FunctionBody, text: string): boolean {
  const declared = new Set<string>()
  for (const statement of body.body) {
    if (statement.type !== 'FunctionDeclaration' || !statement.id) continue
    if (declared.has(statement.id.name)) return true
    declared.add(statement.id.name)
  }
  if (declared.size === 0) return false
  const isClashing = (node: Node): boolean =>
    node.type === 'VariableDeclaration' &&
    node.kind === 'var' &&
    node.declarations.some((declarator) => binds(declarator.id, declared))
  return holds(body, isClashing) || /\beval\s*\(/.test(text)
}

/** Whether one of the statements of a function is what is asked for; those of inner functions are not its own. */
function holds(node: Node, isAskedFor: (node: Node) => boolean): boolean {
  if (isAskedFor(node)) return true
  if (!/Statement$|^Switch|^Catch/.test(node.type)) return false
  return childrenOf(node).some((child) => holds(child, isAskedFor))
}

function isAwaitUsing(node: Node): boolean {
  return node.type === 'VariableDeclaration' && node.kind === 'await using'
}

function returnsThroughFinally(node: Node): boolean {
  if (node.type !== 'TryStatement' || !node.finalizer) return false
  return [node.block, node.handler].some(
    (part) => part && holds(part, ({ type }) => type === 'ReturnStatement'),
  )
}

function binds(node: Node, names: ReadonlySet<string>): boolean {
  if (node.type === 'Identifier') return names.has(node.name)
  return childrenOf(node).some((child) => binds(child, names))
}

function childrenOf(node: Node): Node[] {
  const record = node as unknown as Record<string, Node | (Node | null)[] | null | undefined>
  return (visitorKeys[node.type] ?? []).flatMap((key) => record[key] ?? []).filter((child) => child !== null)
}
