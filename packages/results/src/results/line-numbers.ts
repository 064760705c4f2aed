import { ascendingSites, type LineRows, lineRows } from './line-rows.ts'
import type { SourceCounts } from './results-data.ts'

/** What the executable lines of a text are, without an object for each: a large project has a hundred thousand. */
export interface LineNumbers {
  /** 1-based, ascending, each once. */
  readonly lines: Uint32Array
  /** The number of each of them. */
  readonly counts: Float64Array
  /** Those that carry `#pragma NO COVER`: never marked missing. */
  readonly pragmas: ReadonlySet<number>
}

/**
 * The number of every executable line: the largest among the sites that start on it, where a site's number is the sum of its
 * counters.
 *
 * @param sources what was counted of one text, once for each table that it was counted with, as it has one for each compiler
 */
export function lineNumbers(sources: readonly SourceCounts[]): LineNumbers {
  const [first, ...others] = sources
  if (!first) return { lines: new Uint32Array(0), counts: new Float64Array(0), pragmas: new Set() }
  return others.length > 0 ? numbersOfAll(sources) : numbersOf(first)
}

function numbersOf({ counts, sites }: SourceCounts): LineNumbers {
  const rows = lineRows(sites)
  const order = ascendingSites(rows)
  const lines = new Uint32Array(rows.length)
  const numbers = new Float64Array(rows.length)
  const pragmas = new Set<number>()
  let length = 0
  for (let place = 0; place < rows.length; place++) {
    const site = order?.[place] ?? place
    const number = siteNumber(rows, site, counts)
    const line = rows.line(site)
    if (rows.isPragma(site)) pragmas.add(line)
    if (length === 0 || lines[length - 1] !== line) lines[length++] = line
    if (number > (numbers[length - 1] as number)) numbers[length - 1] = number
  }
  return { lines: lines.subarray(0, length), counts: numbers.subarray(0, length), pragmas }
}

function siteNumber(rows: LineRows, site: number, counts: ArrayLike<number>): number {
  let number = 0
  for (let at = rows.first(site); at < rows.end(site); at++) number += counts[rows.counter(at)] ?? 0
  return number
}

/** The number of what starts at each column of a line. */
type Columns = ReadonlyMap<number, number>

function numbersOfAll(sources: readonly SourceCounts[]): LineNumbers {
  const pragmas = new Set<number>()
  const byLine = new Map<number, Columns[]>()
  for (const source of sources)
    for (const [line, columns] of columnsByLine(source, pragmas))
      byLine.set(line, [...(byLine.get(line) ?? []), columns])
  const lines = Uint32Array.from(byLine.keys()).sort()
  const counts = Float64Array.from(lines, (line) => sumOf(byLine.get(line) as Columns[]))
  return { lines, counts, pragmas }
}

function columnsByLine({ counts, sites }: SourceCounts, pragmas: Set<number>): Map<number, Columns> {
  const rows = lineRows(sites)
  const byLine = new Map<number, Map<number, number>>()
  for (let site = 0; site < rows.length; site++) {
    const line = rows.line(site)
    if (rows.isPragma(site)) pragmas.add(line)
    const columns = byLine.get(line) ?? new Map<number, number>()
    byLine.set(line, columns)
    const column = rows.column(site)
    columns.set(column, Math.max(columns.get(column) ?? 0, siteNumber(rows, site, counts)))
  }
  return byLine
}

/**
 * What one run of all would show: what starts at a column is added up before the largest is taken. Where a compiler has left
 * something of the line out, or moved it, which belongs to which is not known, and the largest of each are added up.
 */
function sumOf(tables: readonly Columns[]): number {
  const [first, ...others] = tables as [Columns, ...Columns[]]
  const areAlike = others.every(
    (columns) => columns.size === first.size && [...columns.keys()].every((column) => first.has(column)),
  )
  const sum = (numbers: number[]): number => numbers.reduce((all, one) => all + one, 0)
  if (!areAlike) return sum(tables.map((columns) => Math.max(...columns.values())))
  return Math.max(...[...first.keys()].map((column) => sum(tables.map((one) => one.get(column) ?? 0))))
}

/** Line → number, lines ascending. */
export function lineCounts({ counts, lines }: LineNumbers): Map<number, number> {
  const byLine = new Map<number, number>()
  for (let at = 0; at < lines.length; at++) byLine.set(lines[at] as number, counts[at] as number)
  return byLine
}

/** Whether the line at a place never ran and should have. */
export function isMissing({ counts, lines, pragmas }: LineNumbers, at: number): boolean {
  return counts[at] === 0 && !pragmas.has(lines[at] as number)
}

/** The executable lines (1-based, ascending) that never ran and carry no pragma. */
export function missingLines(numbers: LineNumbers): number[] {
  const missing: number[] = []
  for (let at = 0; at < numbers.lines.length; at++)
    if (isMissing(numbers, at)) missing.push(numbers.lines[at] as number)
  return missing
}
