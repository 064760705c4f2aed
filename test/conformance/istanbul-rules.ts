import type { Node } from 'oxc-parser'
import {
  bare,
  firstInside,
  isArm,
  isClass,
  isFunction,
  isFunctionWithBlock,
  isLoop,
  listOf,
  type Syntax,
  startsLine,
} from './istanbul-syntax.ts'
import type { Allowed, Range, Witness } from './istanbul-witness.ts'

/** A number of ours: a line site of the site table with its count. */
export interface OurNumber {
  /** 1-based. */
  readonly line: number
  /** 0-based, in UTF-16 code units. */
  readonly column: number
  /** The row of the listing rules. */
  readonly rule: string
  readonly count: number
}

/** One file as both see it. */
export interface BothSides {
  readonly syntax: Syntax
  readonly witness: Witness
  /** Our numbers by the offset of what they count. */
  readonly ours: ReadonlyMap<number, readonly OurNumber[]>
}

/**
 * Why a number of ours needs no equal of Istanbul's on its line: the rule's name, and what Istanbul's other numbers
 * allow it to be.
 */
export interface Reason {
  readonly name: string
  readonly allowed: Allowed
}

/** Looks whether something in the tree that starts where a number of ours does is what a rule is about. */
type OursRule = (node: Node, sides: BothSides) => Allowed | undefined

/** Rules for numbers of ours, by their names; each begins with the rule of the listing it applies to. */
const oursRules: Readonly<Record<string, readonly [listing: RegExp, rule: OursRule]>> = {
  definition: [/^definition$/, definition],
  case: [/^case$/, (node, { witness }) => (node.type === 'SwitchCase' ? witness.clauses(node) : undefined)],
  catch: [
    /^catch$/,
    (node, { witness }) => (node.type === 'CatchClause' ? witness.entries(node.body) : undefined),
  ],
  arm: [/^arm$/, arm],
  'arm in parentheses': [/^arm$/, armInParentheses],
  loop: [/^loop /, loop],
  'value on a further line': [/^(statement|class field|arrow body)$/, valueBehind],
  'no statement of Istanbul': [/^statement$/, withoutStatement],
  'else if': [/^else if$/, movedElseIf],
  'late event': [/^(statement|arrow body)$/, lateEvent],
}

/** The rules that a number of ours may follow. */
export function reasonsFor(number: OurNumber, sides: BothSides): Reason[] {
  const nodes = nodesAt(number, sides.syntax)
  return Object.entries(oursRules).flatMap(([name, [listing, rule]]) =>
    listing.test(number.rule) ? nodes.flatMap((node) => reasons(name, rule(node, sides) ?? [], sides)) : [],
  )
}

/** Where Istanbul has no number for the module's evaluations, that of the first thing in the module is taken for it. */
function reasons(name: string, allowed: Allowed, sides: BothSides): Reason[] {
  const known = allowed.filter(([, high]) => high < Infinity || name === 'loop')
  const module = known.length < allowed.length ? evaluations(sides) : []
  return [
    ...(known.length > 0 ? [{ name, allowed: known }] : []),
    ...(module.length > 0 ? [{ name: 'module', allowed: module }] : []),
  ]
}

/** Evaluations of the module, as the first thing in it that we count has them. */
export function evaluations({ ours, syntax: { program, startingAt } }: BothSides): Allowed {
  const inList = [...ours].filter(([offset]) =>
    startingAt(offset).some((node) => listOf(program)?.some((item) => item === node)),
  )
  const first = inList
    .sort(([a], [b]) => a - b)[0]?.[1]
    .find(({ rule }) => /^(definition|statement)$/.test(rule))
  return first && first.count > 0 ? [[first.count, first.count]] : []
}

function nodesAt(
  { column, line }: OurNumber,
  { offsetOf, parentOf, source, startingAt }: Syntax,
): readonly Node[] {
  const offset = offsetOf(line, column)
  const found = startingAt(offset)
  // The test of `do … while` is listed where its `while` stands, in no node of its own.
  if (found.length > 0 || !source.startsWith('while', offset)) return found
  const loops = startingAt(offset + source.slice(offset).search(/\(/) + 1).map(parentOf)
  return loops.flatMap((node) => (node?.type === 'DoWhileStatement' ? [node] : []))
}

function definition(node: Node, { syntax, witness }: BothSides): Allowed | undefined {
  const class_ = node.type === 'Decorator' ? classAround(node, syntax) : undefined
  const decorated = isClass(node) && node.decorators.length > 0
  const member = syntax.parentOf(node)?.type === 'ClassBody'
  const property = node.type === 'Property' && isFunctionWithBlock(node.value)
  const expression = /^(Function|ArrowFunction)Expression$/.test(node.type)
  const found =
    class_ ||
    decorated ||
    member ||
    ((property || expression) && startsLine(syntax.source, node.start)) ||
    /^(Function|Import)Declaration$/.test(node.type) ||
    /^(Export(All|Named|Default)Declaration|TSImportEqualsDeclaration)$/.test(node.type)
  return found ? witness.around(class_ ?? node) : undefined
}

/** Decorators run when the class does, even those of parameters. */
function classAround(node: Node, syntax: Syntax): Node | undefined {
  const outer = syntax.parentOf(node)
  return !outer || isClass(outer) ? outer : classAround(outer, syntax)
}

function arm(node: Node, { syntax, witness }: BothSides): Allowed | undefined {
  const parent = syntax.parentOf(node)
  return parent && isArm(node, parent) ? witness.arms(node) : undefined
}

/**
 * For Istanbul an arm that begins with a parenthesis starts where the code before its operator ends, because of compilers'
 * maps, or inside the parenthesis, which compilers drop.
 */
function armInParentheses(
  node: Node,
  { syntax: { lineAt, parentOf, source }, witness }: BothSides,
): Allowed | undefined {
  const parent = parentOf(node)
  if (!parent || !isArm(node, parent) || source[node.start] !== '(' || witness.arms(node).length > 0)
    return undefined
  const before =
    parent.type === 'LogicalExpression'
      ? parent.left
      : parent.type === 'ConditionalExpression' && parent.alternate === node
        ? parent.consequent
        : (parent as Node & { test: Node }).test
  const lines = [lineAt(before.end - 1), lineAt(firstInside(node).start)]
  return lines.filter((line) => line !== lineAt(node.start)).flatMap((line) => witness.armsOn(line))
}

function loop(node: Node, { witness }: BothSides): Allowed | undefined {
  return isLoop(node) ? witness.rounds(node) : undefined
}

function valueBehind(node: Node, { syntax: { lineAt }, witness }: BothSides): Allowed | undefined {
  const value = firstValue(node)
  return value && lineAt(bare(value).start) !== lineAt(node.start) ? witness.values(value) : undefined
}

/** The value that is evaluated once for each time that a declaration, field or body is reached. */
function firstValue(node: Node): Node | null | undefined {
  if (node.type === 'ExportNamedDeclaration') return node.declaration && firstValue(node.declaration)
  if (node.type === 'VariableDeclaration') return node.declarations[0]?.init
  if (node.type === 'PropertyDefinition') return node.value
  return node.type === 'ParenthesizedExpression' ? node : undefined
}

function withoutStatement(node: Node, { witness }: BothSides): Allowed | undefined {
  const declared =
    (node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration') && node.declaration
      ? node.declaration
      : node
  const none =
    node.type === 'ExportDefaultDeclaration' ||
    /^(ClassDeclaration|TS(Enum|Module)Declaration|TSExportAssignment)$/.test(declared.type) ||
    (declared.type === 'VariableDeclaration' && !declared.declarations[0]?.init)
  return none ? witness.between(node) : undefined
}

/** esbuild gives the `if` of `else if` the place where the code before `else` ends. */
function movedElseIf(node: Node, { syntax, witness }: BothSides): Allowed | undefined {
  const before = consequentBefore(node, syntax)
  return before && witness.ifs(syntax.lineAt(before.end - 1))
}

/** The arm of an `if` that ends on a line before its `else if`. */
export function consequentBefore(node: Node, { lineAt, parentOf }: Syntax): Node | undefined {
  const parent = parentOf(node)
  if (node.type !== 'IfStatement' || parent?.type !== 'IfStatement' || parent.alternate !== node)
    return undefined
  return lineAt(parent.consequent.end - 1) < lineAt(node.start) ? parent.consequent : undefined
}

/** What calls the function it is given later, and at most once. */
const ONCE = /^(once|then|catch|finally|setTimeout|setImmediate|nextTick|queueMicrotask)$/

/**
 * Istanbul's numbers are read when the last test of a file ends, ours when its process does: a callback that runs in
 * between has more calls for us, though not more than there are executions of what handed it over.
 */
function lateEvent(node: Node, { syntax, witness }: BothSides): Allowed | undefined {
  const callback = callbackAround(node, syntax)
  return (
    callback &&
    witness
      .calls(callback)
      .flatMap(([, called]) => witness.around(callback).map(([, handed]): Range => [called + 1, handed]))
  )
}

function callbackAround(node: Node, { parentOf }: Syntax): Node | undefined {
  let inner = node
  while (!isFunction(inner)) {
    const outer = parentOf(inner)
    if (!outer) return undefined
    inner = outer
  }
  const call = parentOf(inner)
  if (call?.type !== 'CallExpression' || call.callee === inner) return undefined
  const callee = call.callee.type === 'MemberExpression' ? call.callee.property : call.callee
  return 'name' in callee && ONCE.test(String(callee.name)) ? inner : undefined
}
