import type { ImportDeclaration, Node } from 'oxc-parser'
import type { BothSides } from './istanbul-rules.ts'
import { bare, isArm, isFunctionWithBlock, isLoop, startsLine } from './istanbul-syntax.ts'

/** What Istanbul has no statement for and we have a number: by the rule of the listing that says so. */
function rulesOf(node: Node, { syntax, witness }: BothSides): RegExp | undefined {
  if (node.type === 'SwitchCase') return /^case$/
  if (node.type === 'CatchClause') return /^catch$/
  if (node.type === 'ClassDeclaration') return node.decorators.length > 0 ? /^definition$/ : undefined
  if (isLoop(node)) return node.type === 'DoWhileStatement' ? /^statement$/ : /^loop /
  if (node.type === 'MethodDefinition') return node.value.body ? /^definition$/ : undefined
  if (node.type === 'Property')
    return isFunctionWithBlock(node.value) && startsLine(syntax.source, node.start)
      ? /^definition$/
      : undefined
  if (node.type === 'ImportDeclaration') return isOnlyTypes(node) ? undefined : /^definition$/
  const parent = syntax.parentOf(node)
  if (node.type === 'Decorator')
    return /^(ClassDeclaration|(Method|Property)Definition|AccessorProperty)$/.test(parent?.type ?? '')
      ? /^definition$/
      : undefined
  if (parent && isArm(node, parent) && startsLine(syntax.source, node.start))
    return witness.arms(node).length > 0 && bare(node) === node ? /^arm$/ : undefined
  return node.type === 'FunctionDeclaration' && node.body ? /^definition$/ : undefined
}

function isOnlyTypes({ importKind, specifiers }: ImportDeclaration): boolean {
  const types = specifiers.filter((specifier) => 'importKind' in specifier && specifier.importKind === 'type')
  return importKind === 'type' || (specifiers.length > 0 && types.length === specifiers.length)
}

/**
 * Looks for numbers that we should have and have not, where Istanbul has no statement that would show it: imports,
 * functions, decorators, loops, clauses, arms. A file with hints that leave code out has them wherever it likes.
 *
 * @returns what is missing, by line
 */
export function absent(sides: BothSides): Map<number, string> {
  const { ours, syntax } = sides
  const missing = new Map<number, string>()
  if (ours.size === 0 || syntax.comments.some((text) => /\b(ignore|coverage (en|dis)able)\b/.test(text)))
    return missing
  for (const node of syntax.nodes) {
    const rules = rulesOf(node, sides)
    const parent = syntax.parentOf(node)
    const start = syntax.startBehindDecorators(node)
    const at = start === node.start && parent?.type.startsWith('Export') ? parent.start : start
    if (!rules || ours.get(at)?.some(({ rule }) => rules.test(rule))) continue
    missing.set(syntax.lineAt(node.start), `nothing of ours for ${node.type}`)
  }
  return missing
}
