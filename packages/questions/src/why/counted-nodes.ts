import { loadParser, type Node, SourceLines } from '@tstrace/instrument/syntax'
import type { FunctionSite, LineSite, SiteTable, SourceCounts } from '@tstrace/results'

/** What is around a place in a text, the innermost first. */
export type NodePath = readonly Node[]

/** The syntax tree of a text, with how often execution arrived at each of its nodes. */
export class CountedNodes {
  readonly program: Node
  readonly table: SiteTable
  readonly #counts: Float64Array
  readonly #lines: SourceLines
  readonly #sites = new Map<string, LineSite>()
  readonly #functions = new Map<string, FunctionSite>()

  /** @param source one counted text of what `text` is */
  constructor(program: Node, text: string, { counts, sites }: SourceCounts) {
    this.program = program
    this.table = sites
    this.#counts = counts
    this.#lines = new SourceLines(text)
    // A loop whose head can fail before its test has two.
    for (const site of sites.lines)
      if (site.rule === 'statement' || !this.#sites.has(keyOf(site))) this.#sites.set(keyOf(site), site)
    for (const site of sites.functions.slice(1)) this.#functions.set(keyOf(site), site)
  }

  lineOf({ start }: Node): number {
    return this.#lines.lineOf(start)
  }

  /** Everything around what starts on a line at a column, and that itself. */
  pathTo({ column, line }: { readonly line: number; readonly column: number }): NodePath {
    const isThere = (node: Node): boolean => {
      const from = this.#lines.placeOf(node.start)
      const to = this.#lines.placeOf(node.end)
      return !isAfter(from, { line, column }) && isAfter(to, { line, column })
    }
    const path = [this.program]
    for (let node: Node | undefined = this.program; node; node = childrenOf(node).find(isThere))
      if (node !== path[0]) path.unshift(node)
    return path
  }

  /** How often execution arrived at a node; undefined where nothing counts that. */
  countOf(node: Node): number | undefined {
    const site = this.siteOf(node)
    if (site) return this.sum(site)
    if (node.type === 'LabeledStatement') return this.countOf(node.body)
    if (node.type !== 'BlockStatement') return undefined
    for (const statement of node.body) {
      const count = this.countOf(statement)
      if (count !== undefined) return count
    }
    return undefined
  }

  /** What counts where a node starts. */
  siteOf(node: Node): LineSite | undefined {
    return this.#sites.get(keyOf(this.#lines.placeOf(node.start)))
  }

  sum({ counters }: LineSite): number {
    return counters.reduce((sum, counter) => sum + (this.#counts[counter] ?? 0), 0)
  }

  /** The function that a node is, and its calls. */
  functionOf(node: Node): { readonly name: string; readonly calls: number } | undefined {
    const site = this.#functions.get(keyOf(this.#lines.placeOf(node.start)))
    return site && { name: site.name, calls: this.#counts[site.counter] ?? 0 }
  }

  /** How often the module was evaluated. */
  get evaluations(): number {
    return this.#counts[this.table.functions[0]?.counter ?? -1] ?? 0
  }
}

/** What a node consists of, in source order. */
export function childrenOf(node: Node): Node[] {
  return (loadParser().visitorKeys[node.type] ?? []).flatMap((key) => {
    const child = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key]
    return (Array.isArray(child) ? child : [child]).filter((one) => one !== null && one !== undefined)
  })
}

export function isFunction({ type }: Node): boolean {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(type)
}

function keyOf({ column, line }: { readonly line: number; readonly column: number }): string {
  return `${line}:${column}`
}

type At = { readonly line: number; readonly column: number }

function isAfter(a: At, b: At): boolean {
  return a.line > b.line || (a.line === b.line && a.column > b.column)
}
