import { type Node, parseSync } from 'oxc-parser'

/** A small change of a text. */
export interface Mutation {
  readonly kind: 'body' | 'constant' | 'field' | 'import' | 're-export'
  /** 1-based. */
  readonly line: number
  /** What it replaces, in UTF-16 units. */
  readonly start: number
  readonly end: number
  readonly by: string
}

const FAILS = 'throw new Error("mutated")'

/**
 * Everything that can be changed in a text: bodies of functions, constants and fields of classes with literals, imports, and
 * re-exports.
 */
export function mutationsOf(file: string, text: string): Mutation[] {
  const { program } = parseSync(file, text, { range: true })
  const found: Mutation[] = []
  const replace = (kind: Mutation['kind'], { end, start }: Place, by: string): void => {
    found.push({ kind, line: text.slice(0, start).split('\n').length, start, end, by })
  }
  visit(program, (node) => {
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        if (node.body?.type === 'BlockStatement') replace('body', node.body, bodyOf(text, node.body))
        else if (node.body) replace('body', node.body, `(() => { ${FAILS} })()`)
        break
      case 'PropertyDefinition':
        if (node.value?.type === 'Literal') replace('field', node.value, changed(node.value.value))
        break
      case 'ImportDeclaration':
        if (node.importKind !== 'type') replace('import', node, '')
        break
      case 'ExportAllDeclaration':
        if (node.exportKind !== 'type') replace('re-export', node, '')
        break
      case 'ExportNamedDeclaration':
        if (node.source && node.exportKind !== 'type') replace('re-export', node, '')
        break
    }
  })
  for (const statement of program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration') continue
    for (const { init } of declaration.declarations)
      if (init?.type === 'Literal') replace('constant', init, changed(init.value))
  }
  return found
}

/** A text with a mutation. */
export function mutated(text: string, { by, end, start }: Mutation): string {
  return text.slice(0, start) + by + text.slice(end)
}

/**
 * A text with several bodies replaced, each by one that leaves word that it ran before it throws.
 *
 * @param note code that leaves word of a mutation
 */
export function withBodies(
  text: string,
  bodies: readonly Mutation[],
  note: (mutation: Mutation) => string,
): string {
  let [done, at] = ['', 0]
  for (const mutation of bodies.toSorted((a, b) => a.start - b.start)) {
    // A function inside of one that is replaced is gone with it.
    if (mutation.start < at) continue
    done += text.slice(at, mutation.start) + mutation.by.replace(FAILS, () => `${note(mutation)};${FAILS}`)
    at = mutation.end
  }
  return done + text.slice(at)
}

interface Place {
  readonly start: number
  readonly end: number
}

/** Directives stay. */
function bodyOf(text: string, { end, start }: Place): string {
  const inside = text.slice(start + 1, end - 1)
  const directives = /^(?:\s*(['"])use [^'"]+\1;?)*/.exec(inside)?.[0] ?? ''
  return `{${directives} ${FAILS}\n}`
}

function changed(value: unknown): string {
  if (typeof value === 'number') return String(value + 1)
  if (typeof value === 'string') return JSON.stringify(`${value}~`)
  return value ? 'null' : '"mutated"'
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, see)
  else if (typeof value === 'object' && value !== null) {
    if (typeof (value as { type?: unknown }).type === 'string') see(value as Node)
    for (const field of Object.values(value)) visit(field, see)
  }
}
