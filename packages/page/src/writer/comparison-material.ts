import type { Comparison, CountedText, LinePair } from '@tstrace/questions/diff'
import type { Pair } from '../comparison-data.ts'

export const SIDES = ['before', 'after'] as const

export type Side = (typeof SIDES)[number]

export type DifferentLine = Comparison['lines'][number]

/** A source of both recordings, or of one, with what differs in it. */
export interface SourcePair {
  readonly before?: CountedText
  readonly after?: CountedText
  /** In the order of the answer; what is in another source of the other recording stands in both. */
  readonly lines: readonly DifferentLine[]
  readonly newMissing: number
}

/** What the chunks of a page are made of that compares. */
export interface ComparisonMaterial {
  readonly comparison: Comparison
  /** What is on the page, in its order. */
  readonly sources: readonly SourcePair[]
  /** Place among the sources. */
  readonly placeOf: (text: CountedText) => number
}

export function comparisonMaterial(comparison: Comparison): ComparisonMaterial {
  const lines = new Map<CountedText, DifferentLine[]>()
  const order = new Map<CountedText, number>()
  for (const [rank, line] of comparison.lines.entries())
    for (const text of textsOf(line)) {
      lines.set(text, [...(lines.get(text) ?? []), line])
      if (!order.has(text)) order.set(text, rank)
    }
  const missing = new Map<CountedText, number>()
  for (const { after } of comparison.newMissing)
    if (after) missing.set(after.owner.text, (missing.get(after.owner.text) ?? 0) + 1)
  const pairs = comparison.texts.map((pair) => {
    const own = new Set(SIDES.flatMap((side) => (pair[side] && lines.get(pair[side])) || []))
    const ranks = SIDES.map((side) => (pair[side] && order.get(pair[side])) ?? Number.MAX_SAFE_INTEGER)
    return {
      source: { ...pair, lines: [...own], newMissing: (pair.after && missing.get(pair.after)) ?? 0 },
      rank: Math.min(...ranks),
      path: (pair.after ?? pair.before)?.path ?? '',
    }
  })
  const sources = pairs
    .sort((a, b) => a.rank - b.rank || (a.path < b.path ? -1 : 1))
    .map(({ source }) => source)
  const places = new Map(
    sources.flatMap(({ after, before }, place) =>
      [before, after].flatMap((text) => (text ? [[text, place] as const] : [])),
    ),
  )
  return { comparison, sources, placeOf: (text) => places.get(text) ?? -1 }
}

function textsOf({ after, before }: LinePair): ReadonlySet<CountedText> {
  return new Set([before, after].flatMap((line) => (line ? [line.owner.text] : [])))
}

/** The same of both recordings. */
export function pairOf<Value>(of: (side: Side) => Value): Pair<Value> {
  return [of('before'), of('after')]
}

/** Of the line in the second recording, or, negative, of that in the first. */
export function signedLine({ after, before }: LinePair): number {
  return after ? after.unit.line : -(before?.unit.line ?? 0)
}
