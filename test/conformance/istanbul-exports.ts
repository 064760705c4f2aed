import type { Node } from 'oxc-parser'
import type { Span } from './istanbul-numbers.ts'
import type { Syntax } from './istanbul-syntax.ts'

/** Where the name of an export stands, and where what it stands for begins at the earliest. */
interface Name {
  readonly start: number
  readonly limit: number
}

/**
 * Compilers to CommonJS make a getter or an assignment of the name of an export and map it to the name, in front of the
 * value that has its own number.
 *
 * @returns whether something that Istanbul counts is such a name
 */
export function namesOfExports(syntax: Syntax): (span: Span) => boolean {
  const { program, offsetOf, source } = syntax
  const names = program.type === 'Program' ? program.body.flatMap((node) => namesIn(node, source)) : []
  const endOf = (line: number): number => offsetOf(line + 1, 0) || source.length
  return ({ start, end }) => {
    if (typeof start.line !== 'number' || typeof start.column !== 'number') return false
    const from = offsetOf(start.line, start.column)
    // Istanbul says with `null` that something reaches to the end of its line.
    const behind = end?.line && (end.column == null ? endOf(end.line) : offsetOf(end.line, end.column))
    const to = behind || from
    return names.some((name) => name.start === from && to <= name.limit)
  }
}

function namesIn(node: Node, source: string): readonly Name[] {
  if (node.type === 'ExportDefaultDeclaration') {
    const { declaration } = node
    const own = { start: node.start, limit: declaration.start }
    return 'id' in declaration && declaration.id ? [own, anywhere(declaration.id)] : [own]
  }
  if (node.type === 'ExportAllDeclaration') return node.exported ? [anywhere(node.exported)] : []
  if (node.type !== 'ExportNamedDeclaration') return []
  const { declaration, specifiers } = node
  const named = specifiers.flatMap(({ exported, local }) => [anywhere(local), anywhere(exported)])
  if (declaration?.type === 'VariableDeclaration')
    return declaration.declarations.map(({ id, init }) => ({
      start: id.start,
      limit: init?.start ?? source.length,
    }))
  return declaration && 'id' in declaration && declaration.id ? [...named, anywhere(declaration.id)] : named
}

/** No statement of the source starts at such a name. */
function anywhere({ start }: Node): Name {
  return { start, limit: Infinity }
}
