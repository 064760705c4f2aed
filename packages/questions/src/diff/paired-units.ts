import type { Unit } from './counted-text.ts'
import type { PairedFunctions, Placed } from './paired-functions.ts'
import { type Paired, pairedLines, type TextUnit } from './paired-lines.ts'
import type { ReadText } from './read-text.ts'

/** What of a function's own stands on a line. */
export interface OwnedLine {
  readonly unit: Unit
  readonly owner: Placed
}

/** The own lines of a function. */
interface OwnLines {
  readonly owner: Placed
  readonly units: TextUnit[]
  /** Checksum of what they say; undefined where that is not known. */
  readonly body: string | undefined
}

/**
 * The lines of texts that have changed, each with what is its line in the other text. Those of texts that nobody has are
 * left out.
 */
export function pairedUnits(
  texts: readonly Paired<ReadText>[],
  functions: PairedFunctions,
): Paired<OwnedLine>[] {
  const known = texts.filter(({ after, before }) => !(after && before) || (after.lines && before.lines))
  const ones = known.flatMap(({ before }) => (before ? ownLines(before) : []))
  const others = known.flatMap(({ after }) => (after ? ownLines(after) : []))
  const starts = new Starts(others)
  const pairs: Paired<OwnedLine>[] = []
  for (const { owner, units } of ones)
    for (const { unit } of [...units]) {
      const after = starts.take({ owner, unit }, functions)
      if (after) pairs.push({ before: { unit, owner }, after })
    }
  const taken = new Set(pairs.flatMap(({ after, before }) => [before?.unit, after?.unit]))
  const left = ({ units, ...own }: OwnLines): OwnLines => ({
    ...own,
    units: units.filter(({ unit }) => !taken.has(unit)),
  })
  const byOwner = new Map(others.map((own) => [keyOf(own.owner), left(own)]))
  for (const own of ones) {
    const after = functions.after(own.owner)
    const key = after ? keyOf(after) : ''
    pairs.push(...pairsOf(left(own), byOwner.get(key)))
    byOwner.delete(key)
  }
  for (const { owner, units } of byOwner.values())
    pairs.push(...units.map(({ unit }) => ({ after: { unit, owner } })))
  return pairs
}

function pairsOf(own: OwnLines, other: OwnLines | undefined): Paired<OwnedLine>[] {
  if (!other) return own.units.map(({ unit }) => ({ before: { unit, owner: own.owner } }))
  const isSameBody = own.body !== undefined && own.body === other.body
  return pairedLines(own.units, other.units, isSameBody).map(({ after, before }) => ({
    ...(before && { before: { unit: before.unit, owner: own.owner } }),
    ...(after && { after: { unit: after.unit, owner: other.owner } }),
  }))
}

function ownLines({ counted, lines = [], parts }: ReadText): OwnLines[] {
  const all = counted.functions.map((_, index) => ({
    owner: { text: counted, index },
    units: [] as TextUnit[],
    body: parts[index]?.own,
  }))
  for (const unit of counted.units())
    all[unit.owner]?.units.push({ unit, text: (lines[unit.line - 1] ?? '').trim() })
  return all
}

function keyOf({ index, text: { hash, path } }: Placed): string {
  return `${hash} ${path} ${index}`
}

/** A line on which a function starts goes with it, wherever that has gone. */
class Starts {
  /** By text and line. */
  readonly #lines = new Map<string, OwnedLine[]>()

  constructor(all: readonly OwnLines[]) {
    for (const { owner, units } of all)
      for (const { unit } of units) {
        const key = placeOf(owner, unit.line)
        const known = this.#lines.get(key)
        if (known) known.push({ unit, owner })
        else this.#lines.set(key, [{ unit, owner }])
      }
  }

  /** The line on which a function starts now that started on another, if nobody has taken it. */
  take({ owner, unit }: OwnedLine, functions: PairedFunctions): OwnedLine | undefined {
    const around = functions.after(owner)
    for (const index of owner.text.startingOn(unit.line)) {
      const start = functions.after({ text: owner.text, index })
      const site = start?.text.functions[start.index]
      if (!start || !site) continue
      const lines = this.#lines.get(placeOf(start, site.line)) ?? []
      const isAround = ({ owner: other }: OwnedLine): boolean =>
        other.text === around?.text && other.index === around.index
      const found = lines.find(isAround) ?? lines.find((line) => line.unit.rule === unit.rule)
      if (!found) continue
      lines.splice(lines.indexOf(found), 1)
      return found
    }
    return undefined
  }
}

function placeOf({ text: { hash, path } }: Placed, line: number): string {
  return `${hash} ${path} ${line}`
}
