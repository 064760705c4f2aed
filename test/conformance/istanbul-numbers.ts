interface Spot {
  readonly line?: number | undefined
  readonly column?: number | null | undefined
}

/** From where to where Istanbul says that something stands. */
export interface Span {
  readonly start: Spot
  readonly end?: Spot
}

/** What Istanbul counted in one file: an entry of `coverage-final.json`. */
export interface IstanbulFile {
  readonly statementMap: Readonly<Record<string, Span>>
  readonly s: Readonly<Record<string, number>>
  readonly fnMap: Readonly<Record<string, { readonly decl: Span; readonly loc: Span }>>
  readonly f: Readonly<Record<string, number>>
  readonly branchMap: Readonly<
    Record<string, { readonly type: string; readonly loc?: Span; readonly locations: readonly Span[] }>
  >
  readonly b: Readonly<Record<string, readonly number[]>>
}

/** Istanbul's numbers by the 1-based line on which it says that they start; a line may have several of each. */
export interface IstanbulNumbers {
  /** Executions of statements, and evaluations of values. */
  readonly statements: ReadonlyMap<number, readonly number[]>
  /** Executions of what a compiler has made of the name of an export. */
  readonly exported: ReadonlyMap<number, readonly number[]>
  /** Calls of functions, by the line of their heads and of their bodies. */
  readonly functions: ReadonlyMap<number, readonly number[]>
  /** Evaluations of the arms of `? :`, `&&`, `||` and `??`. */
  readonly arms: ReadonlyMap<number, readonly number[]>
  /** Entries of the clauses of `switch`. */
  readonly clauses: ReadonlyMap<number, readonly number[]>
  /** Executions of `if`: both of its ways together. */
  readonly ifs: ReadonlyMap<number, readonly number[]>
}

/**
 * Sorts the numbers of a file by line.
 *
 * @param isName whether a statement stands on the name of an export
 */
export function istanbulNumbers(
  { b, branchMap, f, fnMap, s, statementMap }: IstanbulFile,
  isName: (span: Span) => boolean,
): IstanbulNumbers {
  const numbers = {
    ...{ statements: lines(), exported: lines(), functions: lines() },
    ...{ arms: lines(), clauses: lines(), ifs: lines() },
  }
  for (const [id, span] of Object.entries(statementMap))
    add(isName(span) ? numbers.exported : numbers.statements, span, s[id])
  for (const [id, { decl, loc }] of Object.entries(fnMap)) {
    add(numbers.functions, decl, f[id])
    add(numbers.functions, loc, f[id])
  }
  for (const [id, { loc, locations, type }] of Object.entries(branchMap)) {
    const counts = b[id] ?? []
    const sum = counts.reduce((total, count) => total + count, 0)
    if (type === 'if') add(numbers.ifs, loc ?? locations[0], sum)
    const of = type === 'switch' ? numbers.clauses : /expr/.test(type) ? numbers.arms : undefined
    if (of) for (const [arm, span] of locations.entries()) add(of, span, counts[arm])
  }
  return numbers
}

type Lines = Map<number, number[]>

function lines(): Lines {
  return new Map()
}

function add(to: Lines, span: Span | undefined, count = 0): void {
  const line = span?.start.line
  if (line === undefined) return
  const known = to.get(line)
  if (known) known.push(count)
  else to.set(line, [count])
}
