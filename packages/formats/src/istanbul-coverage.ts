import { type CoverageSites, coverageSitesOf, type PlacedSpan } from '@tstrace/instrument'
import { componentKind } from '@tstrace/instrument/source-file'
import type { Place, SiteTable, SourceCounts } from '@tstrace/results'
import { isSameTable, type NumberOf, numbersThroughSites } from './counter-numbers.ts'

/** A stretch of source in Istanbul's terms: lines from 1, columns from 0. An `else` that is not written has none of them. */
export interface Location {
  readonly start: Partial<Place>
  readonly end: Partial<Place>
}

/** What Istanbul keeps of a source: an entry of `coverage-final.json`. */
export interface FileCoverage {
  readonly path: string
  readonly statementMap: Readonly<Record<string, Location>>
  readonly fnMap: Readonly<Record<string, FunctionEntry>>
  readonly branchMap: Readonly<Record<string, BranchEntry>>
  readonly s: Readonly<Record<string, number>>
  readonly f: Readonly<Record<string, number>>
  readonly b: Readonly<Record<string, readonly number[]>>
}

interface FunctionEntry {
  readonly name: string
  /** Its name, or where it starts. */
  readonly decl: Location
  readonly loc: Location
  readonly line: number
}

interface BranchEntry {
  readonly type: string
  readonly loc: Location
  readonly locations: readonly Location[]
  readonly line: number
}

/**
 * The counts of a text as Istanbul would have counted it.
 *
 * @param text undefined where nobody has it: what there is in the table is all then
 * @param tables what was counted of it, once for each table that it was counted with
 * @param path as it is to be in the coverage
 */
export function istanbulCoverage(
  text: string | undefined,
  tables: readonly SourceCounts[],
  path: string,
): FileCoverage {
  const sums = new Sums()
  for (const table of tables) sums.add(table, text)
  return sums.coverage(path)
}

/** Istanbul's items by their places, each once however many tables have them. */
class Sums {
  readonly #statements = new Map<string, { readonly loc: Location; count: number }>()
  readonly #functions = new Map<string, { readonly entry: FunctionEntry; count: number }>()
  readonly #branches = new Map<string, { readonly entry: BranchEntry; counts: number[] }>()
  /** Lines with `#pragma NO COVER`. */
  readonly #pragmas = new Set<number>()

  add(table: SourceCounts, text: string | undefined): void {
    for (const { line, pragma } of table.sites.lines) if (pragma) this.#pragmas.add(line)
    const { coverage, numberOf } = coverageOf(table, text)
    for (const { counters, ...span } of coverage.statements) this.#addStatement(span, counters.map(numberOf))
    for (const site of coverage.functions) {
      const { body, counter, head, name } = site
      const known = this.#functions.get(keyOf(body)) ?? {
        entry: { name, decl: located(head), loc: located(body), line: body.start.line },
        count: 0,
      }
      known.count += numberOf(counter) ?? 0
      this.#functions.set(keyOf(body), known)
    }
    for (const branch of coverage.branches) this.#addBranch(branch, numberOf)
  }

  /** What was lost behind a compiler is left out, as it is in listings. */
  #addStatement(span: PlacedSpan, numbers: readonly (number | undefined)[]): void {
    let sum = 0
    for (const number of numbers) {
      if (number === undefined) return
      sum += number
    }
    const known = this.#statements.get(keyOf(span)) ?? { loc: located(span), count: 0 }
    known.count += sum
    this.#statements.set(keyOf(span), known)
  }

  #addBranch({ arms, kind, ...span }: CoverageSites['branches'][number], numberOf: NumberOf): void {
    const key = `${kind} ${keyOf(span)}`
    const known = this.#branches.get(key) ?? {
      entry: {
        loc: located(span),
        type: kind,
        locations: arms.map(({ place }) => (place ? located(place) : { start: {}, end: {} })),
        line: span.start.line,
      },
      counts: arms.map(() => 0),
    }
    for (const [i, { counter }] of arms.entries())
      known.counts[i] = (known.counts[i] ?? 0) + (numberOf(counter) ?? 0)
    this.#branches.set(key, known)
  }

  coverage(path: string): FileCoverage {
    const statements = [...this.#statements.values()].filter(
      ({ count, loc }) => count > 0 || !this.#pragmas.has(loc.start.line ?? 0),
    )
    const functions = [...this.#functions.values()]
    const branches = [...this.#branches.values()]
    return {
      path,
      statementMap: numbered(statements.map(({ loc }) => loc)),
      fnMap: numbered(functions.map(({ entry }) => entry)),
      branchMap: numbered(branches.map(({ entry }) => entry)),
      s: numbered(statements.map(({ count }) => count)),
      f: numbered(functions.map(({ count }) => count)),
      b: numbered(branches.map(({ counts }) => counts)),
    }
  }
}

interface Numbered {
  readonly coverage: CoverageSites
  readonly numberOf: NumberOf
}

function coverageOf(table: SourceCounts, text: string | undefined): Numbered {
  const numberOf: NumberOf = (counter) => table.counts[counter] ?? 0
  // Of a file without any branches nobody knows whether they were counted.
  const isLikely = table.sites.branches.length > 0
  for (const branches of [isLikely, !isLikely]) {
    const made = madeAgain(text, table.path, branches)
    if (made && isSameTable(made.sites, table.sites)) return { coverage: made.coverage, numberOf }
  }
  const plain = madeAgain(text, table.path, false)
  if (!plain) return { coverage: ofTable(table.sites), numberOf }
  return { coverage: { ...plain.coverage, branches: [] }, numberOf: numbersThroughSites(plain.sites, table) }
}

/** Undefined for a text that is no script as it stands, of a component for instance. */
function madeAgain(
  text: string | undefined,
  file: string,
  branches: boolean,
): ReturnType<typeof coverageSitesOf> {
  try {
    return text === undefined || componentKind(file) ? undefined : coverageSitesOf(text, { file, branches })
  } catch {
    return undefined
  }
}

/** What a table knows without its text: where things start. */
function ofTable({ branches, functions, lines }: SiteTable): CoverageSites {
  const from = ({ column, line }: Place): PlacedSpan => ({
    start: { line, column },
    end: { line, column: column + 1 },
  })
  return {
    statements: lines.map((site) => ({ ...from(site), counters: site.counters })),
    functions: functions
      .filter(({ name }) => name !== '<module>')
      .map((site) => ({
        name: site.name,
        head: from(site),
        body: { start: { line: site.line, column: site.column }, end: site.end },
        counter: site.counter,
      })),
    branches: branches.map(({ arms, column, end, kind, line }) => ({
      start: { line, column },
      end,
      kind,
      arms: arms.map((arm) => ({
        place: { start: { line: arm.line, column: arm.column }, end: arm.end },
        counter: arm.counter,
      })),
    })),
  }
}

function located({ end, start }: PlacedSpan): Location {
  return { start: { ...start }, end: { ...end } }
}

function keyOf({ end, start }: PlacedSpan): string {
  return `${start.line}:${start.column}:${end.line}:${end.column}`
}

function numbered<Value>(values: readonly Value[]): Record<string, Value> {
  return Object.fromEntries(values.map((value, i) => [String(i), value]))
}
