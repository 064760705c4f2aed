import type { Node, Program } from 'oxc-parser'

/**
 * Which calls of imported names begin with what no map speaks of. Vite's module runner needs `(0,module.name)(…)` for one, and
 * the `(0,` has no place in the map: until Vite 7 in every call, since then in `name?.(…)`.
 */
export type UnmappedCalls = 'every' | 'optional'

/** The names that a module imports. */
export function importedNames(program: Program): ReadonlySet<string> {
  const names = new Set<string>()
  for (const node of program.body)
    if (node.type === 'ImportDeclaration') for (const { local } of node.specifiers) names.add(local.name)
  return names
}

/** Tells the calls that begin with what has no place, by the names that are imported; one that is declared anew further in is taken for it. */
export class ImportedCalls {
  readonly #names: ReadonlySet<string>
  readonly #which: UnmappedCalls

  constructor(names: ReadonlySet<string>, which: UnmappedCalls) {
    this.#names = names
    this.#which = which
  }

  /** @param callee without what the printed code has not */
  has(node: Node, callee: Node): boolean {
    if (node.type !== 'CallExpression' || callee.type !== 'Identifier' || !this.#names.has(callee.name))
      return false
    return this.#which === 'every' || node.optional
  }

  /** The same for what stands at an offset, as far as its characters tell. */
  isAt(source: string, offset: number): boolean {
    call.lastIndex = offset
    const [, name, optional] = call.exec(source) ?? []
    if (name === undefined || !this.#names.has(name)) return false
    return this.#which === 'every' || optional !== undefined
  }
}

const call = /([\w$]+)\s*(\?\.)?\s*\(/y
