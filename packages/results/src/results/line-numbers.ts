import { ascendingSites, lineRows } from './line-rows.ts'
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
 * @param sources what was counted of one text, once for each table that it was counted with: their numbers are added up
 */
export function lineNumbers(sources: readonly SourceCounts[]): LineNumbers {
  const [first, ...others] = sources.map(numbersOf)
  if (!first) return { lines: new Uint32Array(0), counts: new Float64Array(0), pragmas: new Set() }
  return others.length > 0 ? sumOf([first, ...others]) : first
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
    let number = 0
    for (let at = rows.first(site); at < rows.end(site); at++) number += counts[rows.counter(at)] ?? 0
    const line = rows.line(site)
    if (rows.isPragma(site)) pragmas.add(line)
    if (length === 0 || lines[length - 1] !== line) lines[length++] = line
    if (number > (numbers[length - 1] as number)) numbers[length - 1] = number
  }
  return { lines: lines.subarray(0, length), counts: numbers.subarray(0, length), pragmas }
}

function sumOf(all: readonly LineNumbers[]): LineNumbers {
  const sums = new Map<number, number>()
  for (const { counts, lines } of all)
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at] as number
      sums.set(line, (sums.get(line) ?? 0) + (counts[at] as number))
    }
  const lines = Uint32Array.from(sums.keys()).sort()
  const counts = Float64Array.from(lines, (line) => sums.get(line) as number)
  return { lines, counts, pragmas: new Set(all.flatMap(({ pragmas }) => [...pragmas])) }
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
