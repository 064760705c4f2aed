import type {
  AccessorProperty,
  Class,
  MethodDefinition,
  Node,
  PropertyDefinition,
  StaticBlock,
} from 'oxc-parser'
import { nextToken } from './ignore-hints.ts'
import { shown } from './live.ts'
import { nameOfKey } from './names.ts'
import { startsLine } from './positions.ts'
import { walkStatements } from './statements.ts'
import type { Walk } from './walk.ts'
import { constructorToFill } from './wrapping.ts'

/** A class: its members show how often it was evaluated, and are named after it. */
export function classNode(node: Class, walk: Walk, inferred?: string): void {
  if (node.declare) return
  const { prefix } = walk
  classLines(node, walk)
  for (const decorator of node.decorators) walk.visit(decorator)
  if (node.superClass) walk.visit(node.superClass)
  walk.prefix = `${prefix}${node.id?.name ?? inferred ?? `<class:${walk.table.lineOf(node.start)}>`}.`
  const filled = walk.calls ? constructorToFill(node) : undefined
  if (filled) walk.unguarded.add(filled)
  for (const member of node.body.body) walk.visit(member)
  walk.prefix = prefix
}

/** A method, accessor or constructor; without a body it is a type. */
export function methodDefinition(node: MethodDefinition, walk: Walk): void {
  if (!node.value.body) return
  memberLines(node, walk)
  parameterLines(node, walk)
  walkKey(node, walk)
  const accessor = node.kind === 'get' || node.kind === 'set' ? `${node.kind} ` : ''
  walk.table.coverage?.member(node.start)
  walk.visit(node.value, accessor + nameOfKey(node, walk.source))
}

/** A field counts the evaluations of its initialiser; without one it does nothing that could be counted. */
export function propertyDefinition(node: PropertyDefinition | AccessorProperty, walk: Walk): void {
  const { value } = node
  for (const decorator of node.decorators) walk.table.line(decorator.start, 'definition', walk.owner)
  walkKey(node, walk)
  if (!value || node.declare) return
  const name = nameOfKey(node, walk.source)
  const wrapper = wrapperOf(value, node, name)
  if (!wrapper) return walk.visit(value, name)
  const { frame } = walk
  // Compilers that move fields into the constructor do not see that it declares the counts of its own, behind them.
  walk.frame = { ...frame, counts: walk.fileCounts }
  const counter = walk.table.counter()
  walk.table.line(memberStart(node, walk), 'class field', [counter])
  walk.table.coverage?.value(value, [counter])
  const line = shown(walk, memberStart(node, walk))
  walk.insertions.open(value, `(${line}${walk.hit(counter)},${wrapper.opening}`, {
    kind: 'counter',
    before: node.key,
  })
  walk.visitOwnedBy([counter], value, name)
  walk.insertions.closeWhole(value, `${wrapper.closing})`, 'counter')
  walk.frame = frame
}

/** `static { … }` */
export function staticBlock(node: StaticBlock, walk: Walk): void {
  const from = walk.source.indexOf('{', nextToken(walk.source, node.start + 'static'.length)) + 1
  walkStatements(walk, { statements: node.body, from, always: false })
}

/**
 * What goes around an initialiser to count it. JavaScript names an anonymous function after its field only if
 * the function itself is the initialiser; as a property of an object with the same key it gets the same name.
 */
function wrapperOf(
  value: Node,
  node: PropertyDefinition | AccessorProperty,
  name: string,
): { opening: string; closing: string } | undefined {
  if (!isNamedByPlace(value)) return { opening: '', closing: '' }
  if (node.computed) return undefined
  return namedBy(node.key.type === 'PrivateIdentifier' ? `#${node.key.name}` : name)
}

/**
 * What goes around an anonymous function or class so that it takes a name. Not by a computed key where that can be helped: V8
 * gives the name then even to a class that has a static method `name`.
 */
export function namedBy(name: string): { readonly opening: string; readonly closing: string } {
  const key = JSON.stringify(name)
  return { opening: name === '__proto__' ? `{[${key}]:` : `{${key}:`, closing: `}[${key}]` }
}

/** Whether an expression is a function or class without a name, which takes one from where it stands. */
export function isNamedByPlace(node: Node): boolean {
  switch (node.type) {
    case 'ArrowFunctionExpression':
      return true
    case 'FunctionExpression':
    case 'ClassExpression':
      return node.id === null
    case 'ParenthesizedExpression':
      return isNamedByPlace(node.expression)
    default:
      return false
  }
}

/** Of a class with decorators each of them, and the class behind them. */
function classLines({ decorators, type }: Class, walk: Walk): void {
  const last = decorators.at(-1)
  if (!last) return
  const starts = [...decorators.map(({ start }) => start), nextToken(walk.source, last.end)]
  for (const start of starts)
    if (type === 'ClassDeclaration' || startsLine(walk.source, start))
      walk.table.line(start, 'definition', walk.owner)
}

/** Decorators of parameters run with those of the method, when the class is evaluated. */
function parameterLines({ value }: MethodDefinition, walk: Walk): void {
  for (const parameter of value.params)
    for (const { start } of ('decorators' in parameter && parameter.decorators) || [])
      if (startsLine(walk.source, start)) walk.table.line(start, 'definition', walk.owner)
}

type Member = MethodDefinition | PropertyDefinition | AccessorProperty

function memberLines(node: Member, walk: Walk): void {
  for (const decorator of node.decorators) walk.table.line(decorator.start, 'definition', walk.owner)
  walk.table.line(memberStart(node, walk), 'definition', walk.owner)
}

/** Where a member starts behind its decorators. */
function memberStart(node: Member, walk: Walk): number {
  const last = node.decorators.at(-1)
  return last ? nextToken(walk.source, last.end) : node.start
}

function walkKey(node: Member, walk: Walk): void {
  for (const decorator of node.decorators) walk.visit(decorator)
  if (node.computed) walk.visit(node.key)
}
