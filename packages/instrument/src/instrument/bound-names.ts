import type { Node, Program } from 'oxc-parser'
import { loadParser } from './parser.ts'

/**
 * The names that stand for something of the file's own where a function declared at its top looks for them: imports, what
 * is declared at the top, and every `var` and function in a block that is hoisted to there. What is declared with `let`
 * and the like in a block is among them too, although it stands for nothing at the top.
 */
export function boundNames(program: Program): ReadonlySet<string> {
  const names = new Set<string>()
  for (const node of program.body) addDeclared(node, names)
  return names
}

function addDeclared(node: Node, names: Set<string>): void {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSDeclareFunction':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
    case 'TSImportEqualsDeclaration':
      if (node.id) addNames(node.id, names)
      return
    case 'VariableDeclaration':
      for (const { id } of node.declarations) addNames(id, names)
      return
    case 'ImportDeclaration':
      for (const { local } of node.specifiers) names.add(local.name)
      return
    default:
      // A `var` stands in no expression.
      if (!/Statement$|Declaration$|^Switch|^Catch/.test(node.type)) return
      for (const child of childrenOf(node)) addDeclared(child, names)
  }
}

/** All names in a pattern, those in its keys and default values included: one too many does no harm. */
function addNames(node: Node, names: Set<string>): void {
  if (node.type === 'Identifier') names.add(node.name)
  else for (const child of childrenOf(node)) addNames(child, names)
}

function childrenOf(node: Node): Node[] {
  const record = node as unknown as Record<string, Node | (Node | null)[] | null | undefined>
  const { visitorKeys } = loadParser()
  return (visitorKeys[node.type] ?? []).flatMap((key) => record[key] ?? []).filter((child) => child !== null)
}
