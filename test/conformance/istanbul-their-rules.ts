import type { Node } from 'oxc-parser'
import { type BothSides, consequentBefore, evaluations, reasonsFor } from './istanbul-rules.ts'
import { bare, firstInside, isLoop, type Syntax } from './istanbul-syntax.ts'
import { allows } from './istanbul-witness.ts'

/** A rule for a number of Istanbul's that has no equal of ours on its line: whether it holds for it. */
type TheirRule = (line: number, count: number, sides: BothSides) => boolean

/** Rules for numbers of Istanbul's, by their names. */
export const theirRules: Readonly<Record<string, TheirRule>> = {
  'value on a further line': furtherValue,
  'parameter property': parameterProperty,
  'else if': movedElseIfOfTheirs,
  loop: executedLoop,
  'late event': lateEventOfTheirs,
  'import or export': importOrExport,
  'ignored file': ignoredFile,
  label,
}

function movedElseIfOfTheirs(line: number, count: number, { ours, syntax, witness }: BothSides): boolean {
  return syntax.nodes.some((node) => {
    const before = consequentBefore(node, syntax)
    if (!before || syntax.lineAt(before.end - 1) !== line || !allows(witness.ifs(line), count)) return false
    return ours.get(node.start)?.some((number) => number.rule === 'else if' && number.count === count)
  })
}

/** Values stand behind the line on which we count what they belong to. */
function furtherValue(line: number, count: number, { ours, syntax }: BothSides): boolean {
  const { lineAt } = syntax
  return syntax.nodes.some((node) => {
    for (const { at, exact, value } of valuesOf(node, syntax)) {
      if (lineAt(bare(value).start) !== line || lineAt(at) === line) continue
      const known = ours.get(at) ?? []
      if (known.some((number) => (exact ? number.count === count : number.count >= count))) return true
    }
    return false
  })
}

interface Value {
  readonly value: Node
  /** Where we count. */
  readonly at: number
  /** Whether the value is evaluated whenever execution arrives there; not so behind another value. */
  readonly exact: boolean
}

function valuesOf(node: Node, { parentOf }: Syntax): Value[] {
  if (node.type === 'VariableDeclaration') {
    const parent = parentOf(node)
    const at = parent?.type === 'ExportNamedDeclaration' ? parent.start : node.start
    return node.declarations.flatMap(({ init }, index) =>
      init ? [{ value: init, at, exact: index === 0 }] : [],
    )
  }
  if (node.type === 'PropertyDefinition' && node.value)
    return [{ value: node.value, at: node.start, exact: true }]
  if (node.type === 'ArrowFunctionExpression' && node.body.type !== 'BlockStatement')
    return [{ value: node.body, at: node.body.start, exact: true }]
  if (node.type === 'ExpressionStatement')
    return [{ value: firstInside(node.expression), at: node.start, exact: true }]
  return []
}

/** `constructor(public value)` is `this.value = value` for Istanbul, at the parameter. */
function parameterProperty(line: number, count: number, { syntax, witness }: BothSides): boolean {
  return syntax.nodes.some((node) => {
    if (node.type !== 'TSParameterProperty' || syntax.lineAt(node.start) !== line) return false
    const constructor_ = syntax.parentOf(node)
    return constructor_ !== undefined && allows(witness.assigned(constructor_), count)
  })
}

/** Istanbul has a loop's executions, we have at least those. */
function executedLoop(line: number, count: number, { ours, syntax, witness }: BothSides): boolean {
  return syntax.nodes.some((node) => {
    if (!isLoop(node) || syntax.lineAt(node.start) !== line) return false
    const known = ours.get(node.start)?.filter(({ rule }) => rule.startsWith('loop ')) ?? []
    return known.some((number) => number.count >= count && allows(witness.executions(node), count))
  })
}

function lateEventOfTheirs(line: number, count: number, sides: BothSides): boolean {
  const more = [...sides.ours.values()]
    .flat()
    .filter((number) => number.line === line && number.count > count)
  return more.some((number) =>
    reasonsFor(number, sides).some(
      ({ allowed, name }) => name === 'late event' && allows(allowed, number.count),
    ),
  )
}

/** Compilers may drop the comment before Istanbul sees it; we read the text as it was written. */
function ignoredFile(_line: number, _count: number, { ours, syntax }: BothSides): boolean {
  return ours.size === 0 && syntax.comments.some((text) => /^\s*istanbul ignore file(?!\w)/.test(text))
}

/** Istanbul counts a label and the statement behind it, we count the statement. */
function label(line: number, count: number, sides: BothSides): boolean {
  const { ours, syntax } = sides
  return syntax.nodes.some((node) => {
    if (node.type !== 'LabeledStatement' || syntax.lineAt(node.start) !== line) return false
    const { start } = behindLabels(node)
    const numbers = ours.get(start) ?? []
    return (
      numbers.some((number) => number.count === count) || executedLoop(syntax.lineAt(start), count, sides)
    )
  })
}

function behindLabels(node: Node): Node {
  return node.type === 'LabeledStatement' ? behindLabels(node.body) : node
}

/** Compilers to CommonJS make statements of imports and exports, which run with the module. */
function importOrExport(line: number, count: number, { ours, syntax }: BothSides): boolean {
  return declarationsOn(line, syntax).some(
    (node) =>
      (!('declaration' in node && node.declaration) || syntax.lineAt(node.start) === line) &&
      ours.get(node.start)?.some((number) => number.rule === 'definition' && number.count === count),
  )
}

/**
 * Whether a number of Istanbul's on the name of an export can be that of what a compiler made of it: an assignment, which
 * runs with the module, a getter, or both. How often a getter runs is known only where it has become a function of
 * Istanbul's, on the line of a name that is exported again.
 */
export function exportedName(line: number, count: number, sides: BothSides): boolean {
  return declarationsOn(line, sides.syntax).some((node) => {
    const getters = 'specifiers' in node && node.specifiers.length > 0 ? sides.witness.callsOn(line) : []
    const modules = evaluations(sides).map(([count]) => count)
    return (
      getters.length === 0 ||
      modules.includes(count) ||
      getters.some((calls) => calls === count || modules.some((runs) => calls + runs === count))
    )
  })
}

function declarationsOn(line: number, { lineAt, program }: Syntax): readonly Node[] {
  const items = program.type === 'Program' ? program.body : []
  return items.filter(
    (node) =>
      /^(Import|Export(Named|Default|All))Declaration$/.test(node.type) &&
      lineAt(node.start) <= line &&
      line <= lineAt(node.end - 1),
  )
}
