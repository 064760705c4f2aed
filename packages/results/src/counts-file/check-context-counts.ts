import type { PackedContextCounts } from '../results/context-counts.ts'
import { Damage, isWhole, listOf } from '../results/damage.ts'

interface Bounds {
  /** The sum over all contexts: none has more. */
  readonly sums: ArrayLike<number>
  /** How many contexts there are. */
  readonly contexts: number
}

/**
 * Counts of contexts read from a file.
 *
 * @throws Damage
 */
export function checkContextCounts(value: unknown, bounds: Bounds, where: string): PackedContextCounts {
  const [parts, rows, contexts, ...more] = listOf(value, where).map((list) =>
    listOf(list, where).map((numbers) => numbersOf(numbers, where)),
  )
  if (!parts || !rows || !contexts || more.length > 0 || rows.length !== contexts.length)
    throw new Damage(where, 'has no parts, rows and contexts')
  for (const part of parts) checkPart(part, bounds.sums, where)
  for (const row of rows) checkRow(row, parts, where)
  checkNumbers(contexts, bounds.contexts, where)
  return { parts, rows, contexts }
}

const [ZERO, NINE, OPEN] = [48, 57, 91]
const NEXT_LIST = Buffer.from(']],[[')

/**
 * Whether one of some contexts is among those of counts, as they stand in a file; of what is damaged nobody knows. Digit by
 * digit: most records of a file are not wanted, and need not be parsed.
 */
export function isInRows(field: Buffer, numbers: ReadonlySet<number>): boolean {
  let context = 0
  let distance = 0
  for (let i = field.lastIndexOf(NEXT_LIST) + NEXT_LIST.length - 1; i < field.length; i++) {
    const byte = field[i] as number
    if (byte >= ZERO && byte <= NINE) {
      distance = distance * 10 + (byte - ZERO)
      continue
    }
    const isEnd = field[i - 1] !== OPEN && byte !== OPEN
    if (isEnd) context += distance
    if (isEnd && numbers.has(context)) return true
    distance = 0
    if (byte === OPEN) context = 0
  }
  return false
}

function numbersOf(value: unknown, where: string): readonly number[] {
  const numbers = listOf(value, where)
  if (!numbers.every((number) => isWhole(number, 0))) throw new Damage(where, 'has a number that is none')
  return numbers as readonly number[]
}

function checkPart(
  [range = 0, mask = 0, ...counts]: readonly number[],
  sums: ArrayLike<number>,
  where: string,
): void {
  if (mask < 1 || mask >= 2 ** 32) throw new Damage(where, 'has a part without a mask')
  let next = 0
  for (let bit = 0; bit < 32; bit++) {
    if (((mask >>> bit) & 1) === 0) continue
    const count = counts[next++] ?? 0
    const sum = sums[range * 32 + bit] ?? 0
    if (count < 1 || count > sum) throw new Damage(where, `has the count ${count} of ${sum} in a context`)
  }
  if (next !== counts.length) throw new Damage(where, 'has a part with more counts than places')
}

function checkRow(row: readonly number[], parts: readonly (readonly number[])[], where: string): void {
  let latest = -1
  for (const id of row) {
    const range = parts[id]?.[0] ?? -1
    if (range <= latest) throw new Damage(where, 'has a row whose parts are not there, or not in order')
    latest = range
  }
  if (row.length === 0) throw new Damage(where, 'has a row without parts')
}

/** Each context is in one row at most. */
function checkNumbers(rows: readonly (readonly number[])[], contexts: number, where: string): void {
  const seen = new Set<number>()
  for (const row of rows) {
    let number = 0
    for (const [at, distance] of row.entries()) {
      if (at > 0 && distance === 0) throw new Damage(where, 'has a context twice')
      number += distance
      if (number >= contexts || seen.has(number))
        throw new Damage(where, `has the context ${number} twice, or not at all`)
      seen.add(number)
    }
    if (row.length === 0) throw new Damage(where, 'has a row without contexts')
  }
}
