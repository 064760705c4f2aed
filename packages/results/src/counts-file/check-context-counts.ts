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

/** Whether one of some contexts is among those of counts that were read, but not checked. */
export function isInRows(value: unknown, numbers: ReadonlySet<number>): boolean {
  const rows = Array.isArray(value) ? value[2] : undefined
  if (!Array.isArray(rows)) return true
  return rows.some((row) => {
    if (!Array.isArray(row)) return true
    let number = 0
    for (const distance of row) {
      number += distance
      if (numbers.has(number)) return true
    }
    return false
  })
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
