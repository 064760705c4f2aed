import type { PackedContextCounts } from '../results/context-counts.ts'
import { visitCounts } from '../results/context-part.ts'
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
  const [parts, rows, contexts, ...more] = listOf(value, where).map((list) => numbersIn(list, where))
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

/** Lists of numbers. There are many short ones: nothing is made of them but what they are. */
function numbersIn(value: unknown, where: string): readonly (readonly number[])[] {
  const lists = listOf(value, where)
  for (const numbers of lists)
    for (const number of listOf(numbers, where))
      if (!isWhole(number, 0)) throw new Damage(where, 'has a number that is none')
  return lists as readonly (readonly number[])[]
}

function checkPart(part: readonly number[], sums: ArrayLike<number>, where: string): void {
  const mask = part[1] ?? 0
  if (mask < 1 || mask >= 2 ** 32) throw new Damage(where, 'has a part without a mask')
  let places = 0
  visitCounts(part, (place, count = 0) => {
    places++
    const sum = sums[place] ?? 0
    if (count < 1 || count > sum) throw new Damage(where, `has the count ${count} of ${sum} in a context`)
  })
  if (places !== part.length - 2) throw new Damage(where, 'has a part with more counts than places')
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
  const seen = new Uint8Array(contexts)
  for (const row of rows) {
    let number = 0
    for (let at = 0; at < row.length; at++) {
      const distance = row[at] as number
      if (at > 0 && distance === 0) throw new Damage(where, 'has a context twice')
      number += distance
      if (seen[number] !== 0) throw new Damage(where, `has the context ${number} twice, or not at all`)
      seen[number] = 1
    }
    if (row.length === 0) throw new Damage(where, 'has a row without contexts')
  }
}
