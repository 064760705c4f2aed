import type { CountedText } from '@tstrace/questions/diff'
import type { Context, CoverageResults, SourceCounts } from '@tstrace/results'
import {
  compareContexts,
  contextKey,
  type KeptCounts,
  lineCounts,
  lineNumbers,
  type RecordedContexts,
} from '@tstrace/results/internal'
import type { ComparedRan, ComparedTestsData, Pair } from '../comparison-data.ts'
import {
  type ComparisonMaterial,
  type DifferentLine,
  SIDES,
  type Side,
  type SourcePair,
} from './comparison-material.ts'

/** Which contexts ran the lines that differ: those of both recordings, each once. */
export class ComparedTests {
  /** As the second recording has them, which says how they ended; in the order of contexts. */
  readonly contexts: readonly Context[]
  readonly #comparison: ComparisonMaterial['comparison']
  readonly #numbers: ReadonlyMap<string, number>
  readonly #tables: Readonly<Record<Side, ReadonlyMap<string, readonly SourceCounts[]>>>

  constructor(comparison: ComparisonMaterial['comparison']) {
    const { after, before } = comparison
    this.#comparison = comparison
    const all = [...before.results.contexts(), ...after.results.contexts()]
    const known = new Map(all.map((context) => [contextKey(context), context]))
    this.contexts = [...known.values()].sort(compareContexts)
    this.#numbers = new Map(this.contexts.map((context, number) => [contextKey(context), number]))
    this.#tables = { before: tablesOf(before.results), after: tablesOf(after.results) }
  }

  of(source: SourcePair): ComparedTestsData {
    const ran = new Map<number, [before: readonly number[], after: readonly number[]]>()
    for (const [place, side] of SIDES.entries())
      this.#addRan(source, side, (context, counts) => {
        const known = ran.get(context) ?? [[], []]
        known[place] = sumOf(known[place] ?? [], counts)
        ran.set(context, known)
      })
    const lists = new Lists()
    const alike = new Map<string, number[]>()
    for (const [context, both] of [...ran].sort(([one], [other]) => one - other)) {
      const key = both.map((counts) => lists.placeOf(counts)).join()
      const known = alike.get(key)
      if (known) known.push(context)
      else alike.set(key, [context])
    }
    return {
      counts: lists.all,
      ran: [...alike].map(([key, contexts]): ComparedRan => {
        const [before, after] = key.split(',').map(Number) as unknown as Pair<number>
        return [contexts.map((context, at) => context - (contexts[at - 1] ?? 0)), before, after]
      }),
    }
  }

  #addRan(
    { lines }: SourcePair,
    side: Side,
    add: (context: number, counts: readonly number[]) => void,
  ): void {
    const { recorded } = this.#comparison[side].results
    const texts = new Set(lines.flatMap(({ [side]: owned }) => (owned ? [owned.owner.text] : [])))
    for (const text of texts) {
      const tables = this.#tables[side].get(keyOf(text)) ?? []
      for (const [key, counts] of ranOf(recorded, tables, linesIn(lines, side, text)))
        add(this.#numbers.get(key) as number, counts)
    }
  }
}

/** A line (1-based) of a text, and its place among those that differ. */
type PlacedLine = readonly [place: number, line: number]

function linesIn(lines: readonly DifferentLine[], side: Side, text: CountedText): readonly PlacedLine[] {
  return lines.flatMap(({ [side]: owned }, place): PlacedLine[] =>
    owned?.owner.text === text ? [[place, owned.unit.line]] : [],
  )
}

/** What some lines have in a context in which one of them ran: by place, ending with the last that ran. */
type Ran = readonly [context: string, counts: readonly number[]]

/** How often each context ran lines of a text: of several tables the number of a line is not the sum of what it has by each. */
function ranOf(
  recorded: RecordedContexts,
  tables: readonly SourceCounts[],
  lines: readonly PlacedLine[],
): Iterable<Ran> {
  const [table, ...others] = tables
  if (!table) return []
  return others.length > 0 ? ranByAll(recorded, tables, lines) : ranByOne(recorded, table, lines)
}

function* ranByAll(
  recorded: RecordedContexts,
  tables: readonly SourceCounts[],
  lines: readonly PlacedLine[],
): Generator<Ran> {
  const keys = new Set(tables.flatMap((source) => [...(recorded.ofSource(source)?.contexts() ?? [])]))
  for (const key of keys) {
    const numbers = lineCounts(lineNumbers(recorded.sourcesIn(tables, key)))
    const counts = countsAt(lines, ([, line]) => numbers.get(line) ?? 0)
    if (counts.length > 0) yield [key, counts]
  }
}

function* ranByOne(
  recorded: RecordedContexts,
  table: SourceCounts,
  lines: readonly PlacedLine[],
): Generator<Ran> {
  const kept = recorded.ofSource(table)?.kept()
  if (!kept) return
  const reader = new LineReader(table, lines)
  for (let row = 0; row < kept.rows; row++) {
    const counts = reader.read(kept, row)
    if (counts.length > 0) for (const context of contextsOf(kept, row)) yield [context, counts]
  }
}

function contextsOf(kept: KeptCounts, row: number): readonly string[] {
  const keys: string[] = []
  kept.visitContexts(row, (context) => keys.push(kept.keys[context] as string))
  return keys
}

function countsAt<Line extends readonly [place: number, ...unknown[]]>(
  lines: readonly Line[],
  countOf: (line: Line) => number,
): readonly number[] {
  const counts: number[] = []
  for (const line of lines) {
    const count = countOf(line)
    if (count === 0) continue
    while (counts.length < line[0]) counts.push(0)
    counts[line[0]] = count
  }
  return counts
}

/** Reads from the counters of a source what numbers some of its lines have. */
class LineReader {
  /** By place of the line: of each of its sites the counters. */
  readonly #sites: readonly (readonly [place: number, sites: readonly (readonly number[])[]])[]
  readonly #counters: Float64Array

  constructor({ counts, sites }: SourceCounts, lines: readonly PlacedLine[]) {
    const byLine = new Map<number, (readonly number[])[]>()
    for (const { counters, line } of sites.lines) byLine.set(line, [...(byLine.get(line) ?? []), counters])
    this.#counters = new Float64Array(counts.length)
    this.#sites = lines.map(([place, line]) => [place, byLine.get(line) ?? []])
  }

  read(kept: KeptCounts, row: number): readonly number[] {
    this.#counters.fill(0)
    const { counts, length, places } = kept.countsOf(row)
    for (let at = 0; at < length; at++) this.#counters[places[at] as number] = counts[at] as number
    return countsAt(this.#sites, ([, sites]) => this.#most(sites))
  }

  #most(sites: readonly (readonly number[])[]): number {
    let most = 0
    for (const counters of sites) {
      let sum = 0
      for (const counter of counters) sum += this.#counters[counter] as number
      if (sum > most) most = sum
    }
    return most
  }
}

/** Lists of numbers, each once. */
class Lists {
  readonly all: (readonly number[])[] = []
  readonly #places = new Map<string, number>()
  /** Of those that were asked for as they are. */
  readonly #known = new Map<readonly number[], number>()

  /** -1 for an empty one. */
  placeOf(list: readonly number[]): number {
    if (list.length === 0) return -1
    const known = this.#known.get(list)
    if (known !== undefined) return known
    const text = list.join()
    const place = this.#places.get(text) ?? this.all.push(list) - 1
    this.#places.set(text, place)
    this.#known.set(list, place)
    return place
  }
}

function sumOf(one: readonly number[], other: readonly number[]): readonly number[] {
  if (one.length === 0) return other
  const length = Math.max(one.length, other.length)
  return Array.from({ length }, (_, at) => (one[at] ?? 0) + (other[at] ?? 0))
}

function tablesOf(results: CoverageResults): ReadonlyMap<string, readonly SourceCounts[]> {
  const tables = new Map<string, SourceCounts[]>()
  for (const source of results.sources()) {
    const known = tables.get(keyOf(source))
    if (known) known.push(source)
    else tables.set(keyOf(source), [source])
  }
  return tables
}

function keyOf({ hash, path }: { readonly hash: string; readonly path: string }): string {
  return `${path}\0${hash}`
}
