import type {
  AssignmentExpression,
  AssignmentPattern,
  AwaitExpression,
  CallExpression,
  ConditionalExpression,
  Expression,
  JSXAttribute,
  LogicalExpression,
  NewExpression,
  Node,
  ObjectExpression,
  ObjectProperty,
  ParenthesizedExpression,
  TaggedTemplateExpression,
  VariableDeclarator,
  YieldExpression,
} from 'oxc-parser'
import { isNamedByPlace } from './classes.ts'
import { nameOfGetter } from './commonjs-exports.ts'
import { type Arm, bare } from './coverage-sites.ts'
import { shown } from './live.ts'
import { nameOfCallback, nameOfKey, nameOfTarget } from './names.ts'
import { insideParentheses, startsLine, startsLineAfterOperator } from './positions.ts'
import { sendsFunctions, toldAsText } from './sent-functions.ts'
import { isMadeOfTable } from './test-tables.ts'
import type { Walk } from './walk.ts'

/** `a ? b : c`: an arm that is the first thing on its line counts its evaluations. */
export function conditionalExpression(node: ConditionalExpression, walk: Walk): void {
  const test = insideParentheses(node.test)
  if (!walk.branches || test.type !== 'LogicalExpression' || endsInWait(node, walk))
    return conditional(node, walk, () => walk.visit(node.test))
  aroundLogical(node, walk, (first) => conditional(node, walk, () => logicalBranch(test, { first }, walk)))
}

function conditional(node: ConditionalExpression, walk: Walk, visitTest: () => void): void {
  visitTest()
  const { alternate, consequent, test } = node
  const arms = [arm(consequent, { before: test }, walk), arm(alternate, { before: consequent }, walk)]
  if (walk.branches) walk.table.branch('cond-expr', node, arms as Arm[])
}

/** `a && b`, `a || b`, `a ?? b`: so does a right side. */
export function logicalExpression(node: LogicalExpression, walk: Walk): void {
  if (walk.branches && endsInWait(node, walk)) return logicalBranch(node, { operand: true }, walk)
  if (walk.branches) return aroundLogical(node, walk, (first) => logicalBranch(node, { first }, walk))
  walk.visit(node.left)
  arm(node.right, { before: node.left, operand: true }, walk)
}

/** `function f(x = 1)` and `const { x = 1 } = y`: a branch of its own where branches are wanted. */
export function assignmentPattern(node: AssignmentPattern, walk: Walk): void {
  walk.visit(node.left)
  const name = nameOfTarget(node.left)
  if (!walk.branches || isNamedByPlace(node.right)) return walk.visit(node.right, name)
  walk.table.branch('default-arg', node, [countedArm(node.right, { before: node.left }, walk)])
}

/** `const name = function () {}` */
export function variableDeclarator(node: VariableDeclarator, walk: Walk): void {
  walk.visit(node.id)
  if (!node.init) return
  walk.table.coverage?.value(node.init, walk.owner)
  walk.visit(node.init, nameOfTarget(node.id))
}

/** `name = function () {}` */
export function assignmentExpression(node: AssignmentExpression, walk: Walk): void {
  walk.visit(node.left)
  walk.visit(node.right, nameOfTarget(node.left))
}

/** An object is part of the names of the functions in it: `handlers.click`. */
export function objectExpression(node: ObjectExpression, walk: Walk, inferred?: string): void {
  const { prefix } = walk
  if (inferred !== undefined) walk.prefix = `${prefix}${inferred}.`
  walk.children(node)
  walk.prefix = prefix
}

/** `key: value`, `method() {}`, `get size() {}` */
export function objectProperty(node: ObjectProperty, walk: Walk): void {
  if (node.computed) walk.visit(node.key)
  const name = nameOfKey(node, walk.source)
  const accessor = node.kind === 'init' ? '' : `${node.kind} `
  const defines = node.method || node.kind !== 'init' || isFunctionWithBlock(node.value)
  if (defines && startsLine(walk.source, node.start)) walk.table.line(node.start, 'definition', walk.owner)
  if (node.method || node.kind !== 'init') walk.table.coverage?.member(node.start)
  walk.visit(node.value, accessor + name)
}

/** `key: function () {}` defines as `key() {}` does; parentheses and types around the function change nothing. */
function isFunctionWithBlock(value: Expression): boolean {
  switch (value.type) {
    case 'FunctionExpression':
      return true
    case 'ArrowFunctionExpression':
      return value.body.type === 'BlockStatement'
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSInstantiationExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      return isFunctionWithBlock(value.expression)
    default:
      return false
  }
}

/** A callback is named after what it is given to. */
export function callExpression(node: CallExpression | NewExpression, walk: Walk): void {
  const { isTable } = walk
  const told = toldAsText(node.callee)
  walk.isTable = false
  if (told) walk.visitAsText(told)
  else walk.visit(node.callee)
  const getter = walk.exported.size > 0 ? nameOfGetter(node) : undefined
  if (getter && walk.exported.has(getter.value)) {
    walk.insertions.insert(getter.start, '(', 'counter')
    walk.insertions.insert(getter.end, ')', 'counter')
  }
  const isSent = sendsFunctions(node.callee)
  walk.isTable = isMadeOfTable(node.callee)
  for (const argument of node.arguments)
    if (isSent) walk.visitAsText(argument)
    else walk.visit(argument, isNamedByPlace(argument) ? nameOfCallback(node, walk.source) : undefined)
  walk.isTable = isTable
}

/** A table of tests can be a template. */
export function taggedTemplate(node: TaggedTemplateExpression, walk: Walk): void {
  walk.visit(node.tag)
  const { isTable } = walk
  // What is in it is given to the tag as it is.
  walk.isTable = isMadeOfTable(node.tag)
  walk.visitAll(node.quasi.expressions)
  walk.isTable = isTable
}

/** `onClick={() => …}` */
export function jsxAttribute({ name, value }: JSXAttribute, walk: Walk): void {
  if (value?.type !== 'JSXExpressionContainer') return value ? walk.visit(value) : undefined
  walk.visit(value.expression, name.type === 'JSXIdentifier' ? name.name : undefined)
}

/** Parentheses pass a name on. */
export function parenthesizedExpression(node: ParenthesizedExpression, walk: Walk, inferred?: string): void {
  walk.enclosed = node.expression
  walk.visit(node.expression, inferred)
}

/** Where an arm stands. */
interface ArmPlace {
  /** What stands in front. */
  readonly before?: Node
  /** Whether it is an operand of a logical expression. */
  readonly operand?: boolean
}

function arm(node: Expression, place: ArmPlace, walk: Walk): Arm | undefined {
  const first = startsLineAfterOperator(walk.source, node.start)
  if (!first && !walk.branches) {
    walk.visit(node)
    return undefined
  }
  const counted = countedArm(node, place, walk)
  if (first) walk.table.line(node.start, 'arm', [counted.counter])
  return counted
}

function countedArm(node: Expression, place: ArmPlace, walk: Walk): Arm {
  const counter = walk.table.counter()
  const { owner } = walk
  walk.owner = [counter]
  walk.deeper(1, () => countFirst(node, { ...place, counter }, walk))
  walk.owner = owner
  return { start: node.start, end: node.end, counter, place: bare(node) }
}

/**
 * Compilers drop parentheses, and coverage tools take logical expressions within each other for one branch: counting in
 * what such an operand evaluates first leaves the branches that the user's own coverage shows as they are.
 */
function countFirst(node: Expression, counted: ArmPlace & { readonly counter: number }, walk: Walk): void {
  walk.applyHints(node)
  const inner = insideParentheses(node)
  // V8 compiles a function in parentheses at once, and infers no name for it.
  const stays = walk.branches && isNamedByPlace(inner)
  if (inner !== node && !stays) return countFirst(inner, counted, walk)
  if (counted.operand && node.type === 'LogicalExpression' && !walk.branches) {
    countFirst(node.left, counted, walk)
    arm(node.right, { before: node.left, operand: true }, walk)
    return
  }
  if (walk.branches && !walk.calls && isSuspension(node)) {
    // Behind it V8 begins to count anew, and that has to stay the end of the arm.
    if (node.argument) return countFirst(node.argument, { counter: counted.counter }, walk)
    return walk.insertions.insert(node.end, ` (${walk.hit(counted.counter)},void 0)`, 'counter')
  }
  const line = startsLineAfterOperator(walk.source, node.start) ? shown(walk, node.start) : ''
  // V8 takes a `function` behind a comma for one that is called, if there was another.
  const [open, close] = walk.keepNames && node.type === 'FunctionExpression' ? ['((', ',0)||'] : ['(', ',']
  walk.insertions.open(node, `${open}${line}${walk.hit(counted.counter)}${close}`, {
    kind: 'counter',
    before: counted.before,
  })
  walk.visit(node)
  walk.insertions.close(node, ')', { kind: 'counter' })
}

/** Whether V8 begins to count anew behind an expression, where nothing of ours may follow. With calls it is told so. */
function endsInWait(node: Expression, walk: Walk): boolean {
  if (walk.calls) return false
  if (node.type === 'LogicalExpression') return endsInWait(node.right, walk)
  if (node.type === 'ConditionalExpression') return endsInWait(node.alternate, walk)
  return isSuspension(node)
}

function isSuspension(node: Expression): node is AwaitExpression | YieldExpression {
  return node.type === 'AwaitExpression' || node.type === 'YieldExpression'
}

/**
 * Counts the first operand of a logical expression in front of what begins with it: compilers map no parenthesis, and whatever
 * would begin with one of ours would be found elsewhere.
 */
function aroundLogical(node: Expression, walk: Walk, visit: (first: number) => void): void {
  const first = walk.table.counter()
  const line = startsLineAfterOperator(walk.source, node.start) ? shown(walk, node.start) : ''
  // Compilers keep one pair of parentheses, and map only the author's.
  const [open, close] = walk.enclosed === node ? ['', ''] : ['(', ')']
  walk.insertions.open(node, `${open}${line}${walk.hit(first)},`, { kind: 'counter' })
  walk.deeper(1, () => visit(first))
  walk.insertions.close(node, close, { kind: 'counter' })
}

/** All operands of nested logical expressions are arms of one branch. The lines are those without branches. */
function logicalBranch(node: LogicalExpression, place: OperandPlace, walk: Walk): void {
  walk.table.branch('binary-expr', node, operands(node, place, walk))
}

/** An operand of a logical expression: the first of all, which has a counter, or what another stands in front of. */
type OperandPlace = { readonly first: number } | (ArmPlace & { readonly first?: undefined })

function operands(node: Expression, place: OperandPlace, walk: Walk): [Arm, ...Arm[]] {
  const inner = insideParentheses(node)
  if (inner.type !== 'LogicalExpression')
    return [place.first === undefined ? countedArm(node, place, walk) : firstOperand(node, place.first, walk)]
  const left = operands(inner.left, place, walk)
  const right = operands(inner.right, { before: inner.left, operand: true }, walk)
  const { start } = inner.right
  if (startsLineAfterOperator(walk.source, start)) walk.table.line(start, 'arm', [right[0].counter])
  return [...left, ...right]
}

function firstOperand(node: Expression, counter: number, walk: Walk): Arm {
  walk.visitOwnedBy([counter], node)
  return { start: node.start, end: node.end, counter, place: bare(node) }
}
