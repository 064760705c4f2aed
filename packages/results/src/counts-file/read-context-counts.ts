import { visitCounts } from '../results/context-part.ts'
import { Damage } from '../results/damage.ts'
import type { PackedContextCounts } from '../results/kept-counts.ts'
import { lengthOf, type NumberLists } from '../results/number-lists.ts'
import { readNumberLists } from './read-numbers.ts'

interface Bounds {
  /** The sum over all contexts: none has more. */
  readonly sums: ArrayLike<number>
  /** How many contexts there are. */
  readonly contexts: number
}

/**
 * Counts of contexts as they stand in a file.
 *
 * @throws Damage
 */
export function readContextCounts(field: Buffer, bounds: Bounds, where: string): PackedContextCounts {
  const isList = field[0] === OPEN && field.at(-1) === CLOSE
  const [parts, rows, contexts, ...more] = isList ? readNumberLists(field.subarray(1, -1), where) : []
  if (!parts || !rows || !contexts || more.length > 0 || lengthOf(rows) !== lengthOf(contexts))
    throw new Damage(where, 'has no parts, rows and contexts')
  checkParts(parts, bounds.sums, where)
  checkRows(rows, parts, where)
  checkContexts(contexts, bounds.contexts, where)
  return { parts, rows, contexts }
}

const [ZERO, NINE, OPEN, CLOSE] = [48, 57, 91, 93]
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

function checkParts({ numbers, starts }: NumberLists, sums: ArrayLike<number>, where: string): void {
  const check = (place: number, count: number): void => {
    const sum = sums[place] ?? 0
    if (!(count >= 1 && count <= sum))
      throw new Damage(where, `has the count ${count} of ${sum} in a context`)
  }
  for (let part = 1; part < starts.length; part++) {
    const start = starts[part - 1] as number
    const end = starts[part] as number
    const mask = end - start > 1 ? (numbers[start + 1] as number) : 0
    if (mask < 1 || mask >= 2 ** 32) throw new Damage(where, 'has a part without a mask')
    if (visitCounts(numbers, start, check) !== end)
      throw new Damage(where, 'has a part with more counts than places')
  }
}

function checkRows({ numbers, starts }: NumberLists, parts: NumberLists, where: string): void {
  for (let row = 1; row < starts.length; row++) {
    const end = starts[row] as number
    let at = starts[row - 1] as number
    if (at === end) throw new Damage(where, 'has a row without parts')
    for (let latest = -1; at < end; at++) {
      const id = numbers[at] as number
      const range = id < lengthOf(parts) ? (parts.numbers[parts.starts[id] as number] as number) : -1
      if (range <= latest) throw new Damage(where, 'has a row whose parts are not there, or not in order')
      latest = range
    }
  }
}

/** Of each context the number of the record in which it was seen last. There are a thousand records with a thousand contexts. */
let seen = new Uint32Array(0)
let record = 0

/** Each context is in one row at most. */
function checkContexts({ numbers, starts }: NumberLists, contexts: number, where: string): void {
  if (seen.length < contexts || record === 2 ** 32 - 1) {
    seen = new Uint32Array(contexts)
    record = 0
  }
  record++
  for (let row = 1; row < starts.length; row++) {
    const end = starts[row] as number
    const start = starts[row - 1] as number
    if (start === end) throw new Damage(where, 'has a row without contexts')
    for (let at = start, number = 0; at < end; at++) {
      const distance = numbers[at] as number
      if (at > start && distance === 0) throw new Damage(where, 'has a context twice')
      number += distance
      if (!(number < contexts) || seen[number] === record)
        throw new Damage(where, `has the context ${number} twice, or not at all`)
      seen[number] = record
    }
  }
}
