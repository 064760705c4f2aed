import type { ArrowFunctionExpression, Class, FunctionBody, Function as FunctionNode, Node } from 'oxc-parser'
import { loadParser } from './parser.ts'
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
  if (!walk.unguarded.has(node) && !clashes(node.params, body, text)) return 'guarded'
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
 * Whether the body of a function cannot be moved into a block, where other rules hold for what is declared at its top:
 *
 * - A function of the same name as another, or as a `var`, is allowed in a body and an error in a block. Old
 *   hand-written code has them, and `eval` can declare such a `var`.
 * - In sloppy code, a function in a block gives its value to one of the same name at the top of the body, but not to one of
 *   a block.
 * - A function of the name of a parameter becomes its value, which `arguments` shows.
 * - What else has the name of a parameter is an error in a body, and has to stay one.
 */
function clashes(parameters: readonly Node[], body: FunctionBody, text: string): boolean {
  const bound = namesBoundBy(parameters)
  const isBound = (name: string): boolean => bound.has(name)
  const declared = new Set<string>()
  for (const statement of body.body) {
    if (bound.size > 0 && isLexical(statement) && binds(statement, isBound)) return true
    const name = functionOf(statement)?.id?.name
    if (name === undefined) continue
    if (declared.has(name)) return true
    declared.add(name)
  }
  if (declared.size === 0) return false
  const isOfParameter = Array.from(declared).some(isBound)
  if (isOfParameter && /\barguments\b/.test(text)) return true
  const hasName = (node: Node): boolean => binds(node, (name) => declared.has(name))
  const isVar = (node: Node): boolean => node.type === 'VariableDeclaration' && node.kind === 'var'
  const own = new Set<Node | undefined>(body.body.map(functionOf))
  const isInBlock = (node: Node): boolean => node.type === 'FunctionDeclaration' && !own.has(node)
  const isClashing = (node: Node): boolean => (isVar(node) || isInBlock(node)) && hasName(node)
  return holds(body, isClashing) || /\beval\b/.test(text)
}

/** The function that a statement declares, be it behind a label. */
function functionOf(node: Node): FunctionNode | undefined {
  if (node.type === 'LabeledStatement') return functionOf(node.body)
  return node.type === 'FunctionDeclaration' ? node : undefined
}

function isLexical(node: Node): boolean {
  return node.type === 'ClassDeclaration' || (node.type === 'VariableDeclaration' && node.kind !== 'var')
}

/** Whether one of the names that a declaration, parameter or pattern binds is what is asked for. */
function binds(node: Node, isAskedFor: (name: string) => boolean): boolean {
  switch (node.type) {
    case 'Identifier':
      return isAskedFor(node.name)
    case 'VariableDeclaration':
      return node.declarations.some(({ id }) => binds(id, isAskedFor))
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return node.id !== null && isAskedFor(node.id.name)
    case 'AssignmentPattern':
      return binds(node.left, isAskedFor)
    case 'RestElement':
      return binds(node.argument, isAskedFor)
    case 'ArrayPattern':
      return node.elements.some((element) => element !== null && binds(element, isAskedFor))
    case 'ObjectPattern':
      return node.properties.some((item) => binds(item.type === 'Property' ? item.value : item, isAskedFor))
    case 'TSParameterProperty':
      return binds(node.parameter, isAskedFor)
    default:
      return false
  }
}

const NO_NAMES: ReadonlySet<string> = new Set()

function namesBoundBy(nodes: readonly Node[]): ReadonlySet<string> {
  if (nodes.length === 0) return NO_NAMES
  const names = new Set<string>()
  const isLast = (name: string): boolean => {
    names.add(name)
    return false
  }
  for (const node of nodes) binds(node, isLast)
  return names
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

function childrenOf(node: Node): Node[] {
  const record = node as unknown as Record<string, Node | (Node | null)[] | null | undefined>
  return (loadParser().visitorKeys[node.type] ?? [])
    .flatMap((key) => record[key] ?? [])
    .filter((child) => child !== null)
}
