import type { LinePair } from './compared.ts'
import { numberOf } from './counted-text.ts'
import { type Counts, numbersOf, referenceTo } from './diff-rows.ts'
import type { Placed } from './paired-functions.ts'
import type { OwnedLine } from './paired-units.ts'

/** Where execution parts: the first function in which something differs, and in it the first line. */
export interface FirstDifference {
  readonly path: string
  readonly function: string
  /** 1-based, where the function starts. */
  readonly line: number
  /** Of the function. */
  readonly calls: Counts
  /** The last line in front that ran as often in both, where there is one; then the first that differs. */
  readonly lines: readonly FirstLine[]
}

/** A line with its numbers; that of the text that does not have it is 0. */
export interface FirstLine {
  /** 1-based, in the text of the first recording. */
  readonly before?: number
  /** In that of the second. */
  readonly after?: number
  readonly counts: Counts
  /** What stands there, its first 200 characters; not there where nobody knows the text. */
  readonly text?: string
}

const LONGEST = 200

/**
 * @param pair the first line that differs
 * @param calls of its function
 * @param textOf the lines of a text
 */
export function firstDifference(
  pair: LinePair,
  calls: Counts,
  textOf: (line: OwnedLine) => readonly string[] | undefined,
): FirstDifference {
  const line = (pair.after ?? pair.before) as OwnedLine
  const reached = lastAlike(pair, calls)
  const shown = (one: LinePair): FirstLine => {
    const there = (one.after ?? one.before) as OwnedLine
    const text = textOf(there)?.[there.unit.line - 1]
    return {
      ...(one.before && { before: one.before.unit.line }),
      ...(one.after && { after: one.after.unit.line }),
      counts: numbersOf(one),
      ...(text !== undefined && { text: text.slice(0, LONGEST) }),
    }
  }
  return {
    path: line.owner.text.path,
    function: referenceTo(line.owner).name,
    line: siteOf(line.owner)?.line ?? 0,
    calls,
    lines: [...(reached ? [shown(reached)] : []), shown(pair)],
  }
}

function siteOf({ index, text }: Placed): { readonly line: number } | undefined {
  return text.functions[index]
}

/** The line in front of the first that differs: in its function all in front of that are alike. */
function lastAlike({ after, before }: LinePair, calls: Counts): LinePair | undefined {
  if (!before || !after || calls[0] !== calls[1]) return undefined
  const [one, other] = [above(before), above(after)]
  if (!one || !other || numberOf(one.unit) !== numberOf(other.unit) || numberOf(one.unit) === 0)
    return undefined
  return { before: one, after: other }
}

function above({ owner, unit }: OwnedLine): OwnedLine | undefined {
  const found = owner.text.units().find((one) => one.owner === owner.index && one.place === unit.place - 1)
  return found && { owner, unit: found }
}
