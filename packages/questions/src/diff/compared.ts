import type { CoverageResults, SourceVersion } from '@tstrace/results'
import { type CountedText, countedTexts, numberOf, type Unit } from './counted-text.ts'
import { PairedFunctions } from './paired-functions.ts'
import type { Paired } from './paired-lines.ts'
import { pairedTexts } from './paired-texts.ts'
import { type OwnedLine, pairedUnits } from './paired-units.ts'
import { shareOfCommon, TextReader } from './read-text.ts'
import { pairSimilar } from './similar-functions.ts'

/** What is compared with another of its kind. */
export interface Counts {
  readonly results: CoverageResults
  /** The text that ran; undefined where nobody has it. */
  readonly text: (version: SourceVersion) => string | undefined
}

/** A line in one or both of two recordings, and in which function it is there. */
export type LinePair = Paired<OwnedLine>

/** A source whose lines could not be compared. */
export interface Unmatched {
  readonly path: string
  /** `no text`: nobody has the text that ran; `several texts`: it ran in several, and which is which is not known. */
  readonly reason: 'no text' | 'several texts'
  readonly side: 'before' | 'after' | 'both'
}

/** Two recordings, with what of one is what of the other. */
export interface Compared {
  readonly functions: PairedFunctions
  readonly texts: readonly Paired<CountedText>[]
  /** Of which the numbers differ, or that only one text has and that ran. */
  readonly lines: readonly LinePair[]
  /** That never ran in the second recording, and ran in the first or were not there. */
  readonly newMissing: readonly LinePair[]
  readonly unmatched: readonly Unmatched[]
}

/** Finds out which lines are the same in two recordings, and of which of them the numbers differ. */
export function compare(before: Counts, after: Counts): Compared {
  const [one, other] = [new TextReader(before.text), new TextReader(after.text)]
  const likeness = (text: CountedText, otherText: CountedText): number =>
    shareOfCommon(one.read(text).parts(), other.read(otherText).parts())
  const { pairs, several } = pairedTexts(countedTexts(before.results), countedTexts(after.results), likeness)
  const functions = new PairedFunctions()
  const found = new Differences()
  const changed = pairs.filter((pair) => !compareSame(pair, functions, found))
  const unmatched = [
    ...several.map((path): Unmatched => ({ path, reason: 'several texts', side: 'both' })),
    ...changed.flatMap((pair) => unknownOf(pair, one, other)),
  ]
  const read = changed.map((pair) => ({
    ...(pair.before && { before: one.read(pair.before) }),
    ...(pair.after && { after: other.read(pair.after) }),
  }))
  pairSimilar(read, functions)
  for (const pair of pairedUnits(read, functions)) found.add(pair)
  return { functions, texts: pairs, lines: found.lines, newMissing: found.newMissing, unmatched }
}

class Differences {
  readonly lines: LinePair[] = []
  readonly newMissing: LinePair[] = []

  add(pair: LinePair): void {
    const { after, before } = pair
    const [from, to] = [before?.unit, after?.unit]
    if (to && numberOf(to) === 0 && !to.pragma && (!from || numberOf(from) > 0)) this.newMissing.push(pair)
    const only = from ?? to
    if (from && to ? isDifferent(from, to) : only && hasRun(only)) this.lines.push(pair)
  }
}

/** What is defined anew in a text, or no longer, runs where it is used. */
function hasRun(unit: Unit): boolean {
  return numberOf(unit) > 0 && unit.rule !== 'definition'
}

function isDifferent(before: Unit, after: Unit): boolean {
  const [one, other] = [before.numbers, after.numbers]
  if (one.length !== other.length) return numberOf(before) !== numberOf(after)
  return one.some((number, at) => number !== other[at])
}

/** @returns whether it is one text, with one site table */
function compareSame(
  { after, before }: Paired<CountedText>,
  functions: PairedFunctions,
  found: Differences,
): boolean {
  if (!before || !after || before.hash !== after.hash) return false
  if (before.isAlike(after)) {
    if (before.path !== after.path) functions.addSame(before, after)
    return true
  }
  const [units, others] = [before.units(), after.units()]
  if (units.length !== others.length || before.functions.length !== after.functions.length) return false
  functions.addSame(before, after)
  for (const [at, unit] of units.entries()) {
    const other = others[at] as Unit
    found.add({
      before: { unit, owner: { text: before, index: unit.owner } },
      after: { unit: other, owner: { text: after, index: other.owner } },
    })
  }
  return true
}

function unknownOf(
  { after, before }: Paired<CountedText>,
  one: TextReader,
  other: TextReader,
): readonly Unmatched[] {
  if (!before || !after) return []
  const [hasBefore, hasAfter] = [one.read(before).lines, other.read(after).lines]
  if (hasBefore && hasAfter) return []
  const side = hasBefore ? 'after' : hasAfter ? 'before' : 'both'
  return [{ path: after.path, reason: 'no text', side }]
}
