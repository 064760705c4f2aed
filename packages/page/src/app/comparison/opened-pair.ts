import type { ComparedFunction, ComparedLine, ComparedSourceData, Pair } from '../../comparison-data.ts'
import { type TextLine, textLines } from '../text-lines.ts'
import { distanceOf } from './difference.ts'

/** A line of both texts, or of one. */
export interface ComparedRow {
  /** 0 for a line that the text of that side does not have. */
  readonly lines: Pair<number>
  /** Undefined for a line on which nothing counts. */
  readonly counts: Pair<number | undefined>
  readonly isMissing: Pair<boolean>
  /** What differs on it, the most first; a line that stands elsewhere in the second text has its differences there. */
  readonly differences: readonly PlacedLine[]
}

export interface PlacedLine extends ComparedLine {
  /** Place among the differences of the source. */
  readonly place: number
}

/** A source whose chunk has been read. */
export interface OpenedPair {
  readonly texts: Pair<string>
  readonly textLines: Pair<readonly TextLine[]>
  readonly rows: readonly ComparedRow[]
  /** Rows that differ, ascending. */
  readonly differing: readonly number[]
  readonly functions: ComparedSourceData['functions']
}

export function openedPair({
  counts,
  differences,
  functions,
  missing,
  runs,
  texts,
}: ComparedSourceData): OpenedPair {
  // One text in both is there once; lines that cannot be held against each other are shown by their numbers alone.
  const isSame = runs.every(([, before, after]) => before + after === 0)
  const second = runs.length === 0 ? '' : (texts[1] ?? '')
  const first = runs.length === 0 ? '' : (texts[0] ?? (isSame ? second : ''))
  const numbers = counts.map((one) => new Map(one)) as unknown as Pair<Map<number, number>>
  const never = missing.map((lines) => new Set(lines)) as unknown as Pair<Set<number>>
  const own = differencesByLine(differences)
  const rows = linesOf(runs, numbers).map(
    (lines): ComparedRow => ({
      lines,
      counts: [numbers[0].get(lines[0]), numbers[1].get(lines[1])],
      isMissing: [never[0].has(lines[0]), never[1].has(lines[1])],
      differences: own.get(lines[1] > 0 ? lines[1] : -lines[0]) ?? [],
    }),
  )
  return {
    texts: [first, second],
    textLines: [textLines(first), textLines(second)],
    rows,
    differing: rows.flatMap((row, place) => (row.differences.length > 0 ? [place] : [])),
    functions,
  }
}

/** By the line in the second text; negative for lines that only the first has. */
function differencesByLine(differences: readonly ComparedLine[]): Map<number, readonly PlacedLine[]> {
  const found = new Map<number, readonly PlacedLine[]>()
  for (const [place, difference] of differences.entries()) {
    const one = { ...difference, place }
    const [before, after] = one.lines
    const line = after > 0 ? after : -before
    const all = [...(found.get(line) ?? []), one]
    found.set(
      line,
      all.sort((a, b) => distanceOf(b.counts) - distanceOf(a.counts)),
    )
  }
  return found
}

/** Where a text is not to be had, lines with numbers still are, those of one number beside each other. */
function linesOf(
  runs: ComparedSourceData['runs'],
  [before, after]: Pair<ReadonlyMap<number, number>>,
): Pair<number>[] {
  if (runs.length === 0) {
    const all = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) => a - b)
    return all.map((line) => [before.has(line) ? line : 0, after.has(line) ? line : 0])
  }
  const lines: Pair<number>[] = []
  let [from, to] = [0, 0]
  for (const [same, removed, added] of runs) {
    for (let at = 0; at < same; at++) lines.push([++from, ++to])
    for (let at = 0; at < removed; at++) lines.push([++from, 0])
    for (let at = 0; at < added; at++) lines.push([0, ++to])
  }
  return lines
}

/** The line of a row in addresses: that of the second text, or, negative, of the first. */
export function addressOf({ lines: [before, after] }: ComparedRow): number {
  return after > 0 ? after : -before
}

/** The row of a line in an address; -1 for none. */
export function rowAt({ rows }: OpenedPair, line: number): number {
  return rows.findIndex(({ lines: [before, after] }) =>
    line > 0 ? after === line : before === -line && before > 0,
  )
}

/** The innermost function around a line of one text; the module for what is in none. */
export function functionAround(
  functions: readonly ComparedFunction[],
  line: number,
): ComparedFunction | undefined {
  return (
    functions.findLast(([name, first, last]) => name !== '<module>' && first <= line && line <= last) ??
    functions[0]
  )
}
