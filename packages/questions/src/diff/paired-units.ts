import type { CountedText, Unit } from './counted-text.ts'
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
  readonly units: Unit[]
  readonly read: ReadText
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
    for (const unit of units) {
      const after = starts.take({ owner, unit }, functions)
      if (after) pairs.push({ before: { unit, owner }, after })
    }
  const taken = new Set(pairs.flatMap(({ after, before }) => [before?.unit, after?.unit]))
  const left = ({ units, ...own }: OwnLines): OwnLines => ({
    ...own,
    units: units.filter((unit) => !taken.has(unit)),
  })
  const byOwner = new Map(others.map((own) => [keyOf(own.owner), left(own)]))
  for (const own of ones) {
    const after = functions.after(own.owner)
    const key = after ? keyOf(after) : ''
    pairs.push(...pairsOf(left(own), byOwner.get(key)))
    byOwner.delete(key)
  }
  for (const { owner, units } of byOwner.values())
    pairs.push(...units.map((unit) => ({ after: { unit, owner } })))
  return pairs
}

function pairsOf(own: OwnLines, other: OwnLines | undefined): Paired<OwnedLine>[] {
  if (!other) return own.units.map((unit) => ({ before: { unit, owner: own.owner } }))
  const at = (before: Unit, after: Unit): Paired<OwnedLine> => ({
    before: { unit: before, owner: own.owner },
    after: { unit: after, owner: other.owner },
  })
  if (isWrittenAlike(own, other)) return own.units.map((unit, place) => at(unit, other.units[place] as Unit))
  return pairedLines(textsOf(own), textsOf(other)).map(({ after, before }) => ({
    ...(before && { before: { unit: before.unit, owner: own.owner } }),
    ...(after && { after: { unit: after.unit, owner: other.owner } }),
  }))
}

/** Whether nothing but blanks, line breaks and comments can differ. */
function isWrittenAlike(own: OwnLines, other: OwnLines): boolean {
  if (own.units.length !== other.units.length) return false
  if (own.units.every((unit, at) => textAt(own, unit) === textAt(other, other.units[at] as Unit))) return true
  const body = own.read.bodyOf(own.owner.index)
  return body !== undefined && body === other.read.bodyOf(other.owner.index)
}

function textsOf(own: OwnLines): TextUnit[] {
  return own.units.map((unit) => ({ unit, text: textAt(own, unit) }))
}

function textAt({ read: { lines = [] } }: OwnLines, { line }: Unit): string {
  return (lines[line - 1] ?? '').trim()
}

function ownLines(read: ReadText): OwnLines[] {
  const { counted } = read
  const all = counted.functions.map((_, index) => ({
    owner: { text: counted, index },
    units: [] as Unit[],
    read,
  }))
  for (const unit of counted.units()) all[unit.owner]?.units.push(unit)
  return all
}

function keyOf({ index, text: { hash, path } }: Placed): string {
  return `${hash} ${path} ${index}`
}

/** A line on which a function starts goes with it, wherever that has gone. */
class Starts {
  /** By text and line; of lines on which functions start. */
  readonly #lines = new Map<CountedText, Map<number, OwnedLine[]>>()

  constructor(all: readonly OwnLines[]) {
    for (const { owner, units } of all) {
      const { text } = owner
      const lines = this.#lines.get(text) ?? new Map<number, OwnedLine[]>()
      this.#lines.set(text, lines)
      for (const unit of units) {
        if (text.startingOn(unit.line).length === 0) continue
        const known = lines.get(unit.line)
        if (known) known.push({ unit, owner })
        else lines.set(unit.line, [{ unit, owner }])
      }
    }
  }

  /** The line on which a function starts now that started on another, if nobody has taken it. */
  take({ owner, unit }: OwnedLine, functions: PairedFunctions): OwnedLine | undefined {
    const around = functions.after(owner)
    for (const index of owner.text.startingOn(unit.line)) {
      const start = functions.after({ text: owner.text, index })
      const site = start?.text.functions[start.index]
      if (!start || !site) continue
      const lines = this.#lines.get(start.text)?.get(site.line) ?? []
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
