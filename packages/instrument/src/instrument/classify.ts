import type { Declaration, Expression, ForStatement, Node, Statement, UnaryExpression } from 'oxc-parser'
import type { Walk } from './walk.ts'

/**
 * How a statement counts: `statement` by its executions, `definition` by those of what is around it, `none` not
 * at all (types, `export { a }`, directives, empty statements, bare blocks).
 */
export type Kind = 'statement' | 'definition' | 'none'

/** How a member of a statement list counts. */
export function classify(node: Statement | Node): Kind {
  switch (node.type) {
    case 'FunctionDeclaration':
      return node.body ? 'definition' : 'none'
    case 'ImportDeclaration':
      return node.importKind === 'type' || isOnlyTypes(node.specifiers) ? 'none' : 'definition'
    case 'ExportAllDeclaration':
      return node.exportKind === 'type' ? 'none' : 'definition'
    case 'TSImportEqualsDeclaration':
      return node.importKind === 'type' ? 'none' : 'definition'
    case 'ExportNamedDeclaration':
      if (node.declaration) return classify(node.declaration)
      return node.source && node.exportKind !== 'type' ? 'definition' : 'none'
    case 'ExportDefaultDeclaration':
      return classifyDefault(node.declaration)
    case 'LabeledStatement':
      return classify(node.body)
    case 'ExpressionStatement':
      return 'directive' in node && node.directive ? 'none' : 'statement'
    case 'TSModuleDeclaration':
      return !isDeclared(node) && node.body && hasValues(node.body.body) ? 'statement' : 'none'
    case 'VariableDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
      return isDeclared(node) ? 'none' : 'statement'
    case 'BlockStatement':
    case 'EmptyStatement':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSDeclareFunction':
    case 'TSGlobalDeclaration' as never:
    case 'TSNamespaceExportDeclaration':
      return 'none'
    default:
      return 'statement'
  }
}

/** Whether a statement is a bare block, labelled or not: it does not count but what is in it does. */
export function holdsStatements(node: Statement): boolean {
  return node.type === 'BlockStatement' || (node.type === 'LabeledStatement' && holdsStatements(node.body))
}

/** The statement behind all labels. */
export function unlabelled(node: Node): Node {
  return node.type === 'LabeledStatement' ? unlabelled(node.body) : node
}

/**
 * Whether a statement's executions need a counter before it. The test of a loop counts the loop's line, so a
 * loop needs one only where something can fail before the first test, or where branches are wanted.
 */
export function needsOwnCounter(node: Statement, walk: Walk): boolean {
  if (node.type === 'LabeledStatement') return needsOwnCounter(node.body, walk)
  if (walk.branches) return true
  if (node.type === 'WhileStatement') return false
  if (node.type !== 'ForStatement' || node.test === null || initCanFail(node)) return true
  // A function on a further line of the head shows the executions there.
  return node.init !== null && /[\r\n]/.test(walk.source.slice(node.init.start, node.init.end))
}

/** Whether a statement always completes, without jump or exception, so that the next one runs as often. */
export function cannotFail(node: Statement): boolean {
  return node.type === 'VariableDeclaration' && node.kind !== 'using' && node.kind !== 'await using'
    ? node.declarations.every(({ id, init }) => id.type === 'Identifier' && (init === null || isInert(init)))
    : false
}

/** Whether a list of statements with this one at its end cannot be left there. */
export function endsAbruptly(last: { readonly type: string } | undefined): boolean {
  return last !== undefined && /^(Return|Throw|Break|Continue)Statement$/.test(last.type)
}

function initCanFail({ init }: ForStatement): boolean {
  return init !== null && !(init.type === 'VariableDeclaration' ? cannotFail(init) : isInert(init))
}

function isInert(node: Expression): boolean {
  switch (node.type) {
    case 'Literal':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return true
    case 'ArrayExpression':
      return node.elements.every(
        (element) => element !== null && element.type !== 'SpreadElement' && isInert(element),
      )
    case 'ObjectExpression':
      return node.properties.every(
        (item) => item.type === 'Property' && !item.computed && isInert(item.value),
      )
    case 'TemplateLiteral':
      return node.expressions.length === 0
    case 'UnaryExpression':
      return isInertUnary(node)
    case 'ParenthesizedExpression':
      return isInert(node.expression)
    default:
      return false
  }
}

/** `+1n` throws; any other sign in front of a literal does not. */
function isInertUnary({ argument, operator }: UnaryExpression): boolean {
  if (argument.type !== 'Literal') return false
  return !(operator === '+' && 'bigint' in argument)
}

function classifyDefault(node: Node): Kind {
  if (node.type === 'TSInterfaceDeclaration' || node.type === 'TSDeclareFunction') return 'none'
  return node.type === 'FunctionDeclaration' ? classify(node) : 'statement'
}

function isDeclared(node: Declaration): boolean {
  return 'declare' in node && node.declare === true
}

function hasValues(statements: readonly Statement[]): boolean {
  return statements.some((node) => classify(node) !== 'none' || holdsStatements(node))
}

function isOnlyTypes(
  specifiers: readonly { readonly type: string; readonly importKind?: string }[],
): boolean {
  return specifiers.length > 0 && specifiers.every((specifier) => specifier.importKind === 'type')
}
