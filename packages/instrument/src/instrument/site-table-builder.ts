import type { BranchSite, FunctionSite, LineSite, SiteTable } from '@tstrace/results'
import type { Arm, Branch, CoverageSites, CoverageSitesBuilder, Span } from './coverage-sites.ts'
import type { IgnoreHints } from './ignore-hints.ts'
import type { SourceLines } from './source-lines.ts'

/** Marks a line as not missing where it never runs. */
export const PRAGMA = '#pragma NO COVER'

/** Gathers a site table while the walk goes through a file, and leaves out what the file's hints ask for. */
export class SiteTableBuilder {
  #counters = 0
  readonly #lineSites: LineSite[] = []
  /** Where each of them starts: what is to be left out is only known when its node has been walked. */
  readonly #lineStarts: number[] = []
  readonly #functions: FunctionSite[] = []
  readonly #branches: Branch[] = []
  readonly #names = new Set<string>()
  readonly #pragmas: ReadonlySet<number>
  readonly #ignored: Stretch[]
  readonly #lines: SourceLines

  /** Where coverage tools count; undefined where nobody asks. */
  readonly coverage: CoverageSitesBuilder | undefined

  constructor(text: Text, hints: IgnoreHints, coverage?: CoverageSitesBuilder) {
    const { lines, source } = text
    this.coverage = coverage
    this.#lines = lines
    this.#ignored = [...hints.ranges]
    this.#pragmas = pragmaLines(source, lines)
  }

  /** A new counter. */
  counter(): number {
    return this.#counters++
  }

  /** Leaves out everything that starts in a stretch of offsets. */
  ignore(from: number, to: number): void {
    this.#ignored.push({ from, to })
  }

  /** Something starts on a line and its count is the sum of `counters`. */
  line(at: number, rule: string, counters: readonly number[]): void {
    const { column, line } = this.#lines.placeOf(at)
    this.#lineStarts.push(at)
    // Spread, which would be shorter, takes several times as long.
    this.#lineSites.push(
      this.#pragmas.has(line)
        ? { line, column, counters, rule, pragma: true }
        : { line, column, counters, rule },
    )
  }

  /**
   * A function. Its name is made unique in the file by its line, and by its column where that is not enough.
   *
   * @returns its index in the table and the name it got
   */
  function(
    span: { start: number; end: number },
    name: string,
    counter: number,
  ): { index: number; name: string } {
    const start = this.#lines.placeOf(span.start)
    let unique = name
    if (this.#names.has(unique)) unique = `${name}:${start.line}`
    if (this.#names.has(unique)) unique = `${name}:${start.line}:${start.column + 1}`
    this.#names.add(unique)
    const { column, line } = start
    this.#functions.push({ line, column, name: unique, end: this.#lines.placeOf(span.end), counter })
    return { index: this.#functions.length - 1, name: unique }
  }

  /** A place where execution takes one of several ways. */
  branch(kind: BranchSite['kind'], { end, start }: Span, arms: readonly Arm[]): void {
    this.#branches.push({ kind, start, end, arms })
  }

  /** 1-based line of an offset. */
  lineOf(offset: number): number {
    return this.#lines.lineOf(offset)
  }

  finish(): SiteTable {
    const isIgnored = insideOf(this.#ignored)
    const isWanted = (_: LineSite, index: number): boolean => !isIgnored(this.#lineStarts[index] as number)
    return {
      counters: this.#counters,
      lines: this.#ignored.length > 0 ? this.#lineSites.filter(isWanted) : this.#lineSites,
      functions: this.#functions,
      branches: this.#wanted(isIgnored).map((branch) => this.#placed(branch)),
    }
  }

  /** What coverage tools count; undefined where nobody has asked for it. */
  finishCoverage(): CoverageSites | undefined {
    const isIgnored = insideOf(this.#ignored)
    return this.coverage?.finish({ lines: this.#lines, isIgnored, branches: this.#wanted(isIgnored) })
  }

  #wanted(isIgnored: (at: number) => boolean): Branch[] {
    return this.#branches
      .filter(({ start }) => !isIgnored(start))
      .map((branch) => ({
        ...branch,
        arms: branch.arms.filter(({ start }) => start === branch.start || !isIgnored(start)),
      }))
      .filter(({ arms }) => arms.length > 0)
  }

  #placed({ arms, kind, ...span }: Branch): BranchSite {
    const { end, start } = this.#place(span)
    return {
      kind,
      ...start,
      end,
      arms: arms.map((arm) => {
        const place = this.#place(arm)
        return { ...place.start, end: place.end, counter: arm.counter }
      }),
    }
  }

  #place({ start, end }: Span): {
    start: { line: number; column: number }
    end: { line: number; column: number }
  } {
    return { start: this.#lines.placeOf(start), end: this.#lines.placeOf(end) }
  }
}

/** What is walked. */
interface Text {
  readonly source: string
  readonly lines: SourceLines
}

interface Stretch {
  readonly from: number
  readonly to: number
}

/** Says of an offset whether one of many stretches has it. */
function insideOf(stretches: readonly Stretch[]): (at: number) => boolean {
  const apart: { from: number; to: number }[] = []
  for (const { from, to } of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = apart.at(-1)
    if (last && from <= last.to) last.to = Math.max(last.to, to)
    else apart.push({ from, to })
  }
  return (at) => {
    let low = 0
    let high = apart.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((apart[middle] as Stretch).from <= at) low = middle + 1
      else high = middle
    }
    const last = apart[low - 1]
    return last !== undefined && at < last.to
  }
}

function pragmaLines(source: string, lines: SourceLines): Set<number> {
  const found = new Set<number>()
  for (let at = source.indexOf(PRAGMA); at >= 0; at = source.indexOf(PRAGMA, at + 1))
    found.add(lines.lineOf(at))
  return found
}
