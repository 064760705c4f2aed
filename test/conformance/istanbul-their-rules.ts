import type { Node } from 'oxc-parser'
import { type BothSides, consequentBefore, reasonsFor } from './istanbul-rules.ts'
import { bare, isLoop, type Syntax } from './istanbul-syntax.ts'
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

/** Istanbul counts a label and the statement behind it, we count them once. */
function label(line: number, count: number, { ours, syntax: { lineAt, nodes } }: BothSides): boolean {
  return nodes.some(
    (node) =>
      node.type === 'LabeledStatement' &&
      lineAt(node.body.start) === line &&
      lineAt(node.start) < line &&
      ours.get(node.start)?.some((number) => number.count === count),
  )
}
