import { type Node, parseSync, visitorKeys } from 'oxc-parser'

/** What Istanbul counted in one file, as far as lines need it. */
export interface IstanbulFile {
  readonly statementMap: Readonly<Record<string, { readonly start: { readonly line: number } }>>
  readonly s: Readonly<Record<string, number>>
}

/** A line, its number, and the rule behind it. */
export type LineNumber = readonly [line: number, count: number, rule: string]

/** Every statement of Istanbul's with its line. */
export function istanbulLines({ s, statementMap }: IstanbulFile): LineNumber[] {
  return Object.entries(statementMap).map(([id, { start }]) => [start.line, s[id] ?? 0, 'istanbul'])
}

/** Rules whose number is how often a statement of Istanbul's was executed. */
const SAME = new Set(['statement', 'else if', 'arrow body', 'class field'])
/** Rules for what Istanbul has no statement for. */
const OURS = new Set(['definition', 'case', 'catch', 'arm'])
/** Loops: Istanbul has the executions of the statement, we have those and the rounds. */
const LOOPS = new Set(['loop test', 'loop round', 'loop element'])

/**
 * Compares the numbers of each line of a file. Lines may differ in what the listing rules say, and in nothing else:
 *
 * - loops show their tests, rounds or elements: at least the executions;
 * - definitions, imports, clauses of `switch` and `catch`, arms and classes have no statement in Istanbul;
 * - Istanbul counts each declarator with a value where the value starts, we count the declaration where it starts.
 *
 * @returns one sentence for each difference that no rule explains
 */
export function unexplained(
  source: string,
  typescript: boolean,
  { istanbul, ours }: { readonly istanbul: readonly LineNumber[]; readonly ours: readonly LineNumber[] },
): string[] {
  const lines = linesOfSyntax(source, typescript)
  const problems: string[] = []
  const all = new Set([...istanbul, ...ours].map(([line]) => line))
  for (const line of [...all].sort((a, b) => a - b)) {
    const theirs = largest(istanbul, line)
    const same = largest(ours, line, SAME)
    const loop = largest(ours, line, LOOPS)
    const other = largest(ours, line, OURS)
    const say = `line ${line}: ${source.split('\n')[line - 1]?.trim()}: Istanbul ${theirs}, ours ${same ?? loop ?? other}`
    if (theirs === undefined) {
      if (same !== undefined && !lines.noStatement.has(line)) problems.push(say)
    } else if (same === undefined && loop === undefined) {
      if (!lines.values.has(line)) problems.push(say)
    } else if (same !== theirs) {
      const counted =
        (loop !== undefined && loop >= theirs) ||
        (same !== undefined && lines.values.has(line) && theirs > same) ||
        (same !== undefined && lines.noStatement.has(line) && same > theirs)
      if (!counted) problems.push(say)
    }
  }
  return problems
}

function largest(
  numbers: readonly LineNumber[],
  line: number,
  rules?: ReadonlySet<string>,
): number | undefined {
  const found = numbers.filter(([at, , rule]) => at === line && (!rules || rules.has(rule)))
  return found.length > 0 ? Math.max(...found.map(([, count]) => count)) : undefined
}

interface SyntaxLines {
  /** Where Istanbul counts a value and we count nothing: declarators, fields, behind the first line of their statement. */
  readonly values: ReadonlySet<number>
  /** Where we count something that is a statement for us and none for Istanbul. */
  readonly noStatement: ReadonlySet<number>
}

function linesOfSyntax(source: string, typescript: boolean): SyntaxLines {
  const starts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)]
  const lineOf = ({ start }: { start: number }): number => starts.findLastIndex((at) => at <= start) + 1
  const values = new Set<number>()
  const noStatement = new Set<number>()
  const heads = new Set<Node>()
  const visit = (node: Node): void => {
    if ((node.type === 'ForOfStatement' || node.type === 'ForInStatement') && 'declarations' in node.left) {
      for (const { id } of node.left.declarations) heads.add(id)
    }
    if (node.type === 'VariableDeclaration' && node.declarations.every(({ id }) => !heads.has(id))) {
      const inits = node.declarations.map(({ init }) => init && lineOf(init))
      for (const line of inits) if (line && line !== lineOf(node)) values.add(line)
      if (inits[0] !== lineOf(node)) noStatement.add(lineOf(node))
    } else if (node.type === 'PropertyDefinition' && node.value) {
      if (lineOf(node.value) !== lineOf(node)) {
        values.add(lineOf(node.value))
        noStatement.add(lineOf(node))
      }
    } else if (
      /^(ClassDeclaration|ExportDefaultDeclaration|ExportNamedDeclaration|TS(Enum|Module)Declaration)$/.test(
        node.type,
      )
    ) {
      noStatement.add(lineOf(node))
    }
    for (const key of visitorKeys[node.type] ?? []) {
      const child = (node as unknown as Record<string, Node | (Node | null)[] | null>)[key]
      for (const item of Array.isArray(child) ? child : [child]) if (item) visit(item)
    }
  }
  visit(parseSync(typescript ? 'a.ts' : 'a.js', source).program)
  return { values, noStatement }
}
