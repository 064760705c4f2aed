import { Damage } from '../results/damage.ts'
import type { NumberLists } from '../results/number-lists.ts'
import { roomyFloat64Array, roomyUint32Array } from '../results/number-room.ts'
import { MOST_COUNTERS } from './counts-limits.ts'

/*
 * Numbers as they stand in records, digit by digit: `JSON.parse` would make lists of them first, and of most records they are
 * all that there is.
 */

const [COMMA, ZERO, NINE, OPEN, CLOSE] = [44, 48, 57, 91, 93]

/** Room for the counts of one source; grows with the largest that comes. */
let room = new Float64Array(1024)

/**
 * The counts of a record. They are a view that holds until the next ones are read: whoever keeps them copies them.
 *
 * @throws Damage
 */
export function readCounts(bytes: Buffer, where: string): Float64Array {
  const last = bytes.length - 1
  if (bytes[0] !== OPEN || bytes[last] !== CLOSE) throw new Damage(where, 'has no counts')
  if (last === 1) return new Float64Array(0)
  // Each count has a digit and a comma or bracket.
  const most = Math.min(bytes.length / 2, MOST_COUNTERS)
  if (room.length < most) room = new Float64Array(most)
  const counts = room
  let length = 0
  for (let at = 1; at <= last; at++) {
    const first = at
    let value = 0
    let digit = (bytes[at] as number) - ZERO
    for (; digit >= 0 && digit <= 9; digit = (bytes[++at] as number) - ZERO) value = (value * 10 + digit) | 0
    const digits = at - first
    if (digits > SMALL) value = numberIn(bytes, first, at)
    if (digits === 0 || value > Number.MAX_SAFE_INTEGER || (bytes[at] !== COMMA && at !== last))
      throw new Damage(where, 'has a count that is not a whole number from 0 to 2^53 - 1')
    if (digits > 1 && bytes[first] === ZERO) throw new Damage(where, 'has a count that starts with 0')
    if (length === MOST_COUNTERS) throw new Damage(where, `has more than ${MOST_COUNTERS} counts`)
    counts[length++] = value
  }
  return counts.subarray(0, length)
}

/** Numbers of so many digits, as most counts are, fit in 32 bits, in which the engine takes three quarters of the time. */
const SMALL = 9

function numberIn(bytes: Buffer, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at++) value = value * 10 + ((bytes[at] as number) - ZERO)
  return value
}

/** Room for lists of which nobody knows how long they are before they are read. */
let [numbers, starts] = [new Float64Array(2 ** 15), new Uint32Array(2 ** 15)]

/**
 * Lists of numbers, `[[1,2],[3]]`, or several of them with commas between.
 *
 * @throws Damage
 */
export function readNumberLists(bytes: Buffer, where: string): NumberLists[] {
  // Each number has a digit and a comma or bracket, and each list its own two.
  const most = (bytes.length >> 1) + 1
  if (most > numbers.length) {
    numbers = new Float64Array(most)
    starts = new Uint32Array(most)
  }
  const reader = { bytes, where, at: 0, numbers, starts }
  const found: NumberLists[] = []
  do found.push(listsFrom(reader))
  while (bytes[reader.at++] === COMMA)
  if (reader.at !== bytes.length + 1) throw noLists(where)
  return found
}

interface Reader extends NumberLists {
  readonly bytes: Buffer
  readonly where: string
  /** Which byte comes next. */
  at: number
}

function listsFrom(reader: Reader): NumberLists {
  const { bytes, numbers, starts, where } = reader
  let at = reader.at
  let [lists, length] = [0, 0]
  if (bytes[at++] !== OPEN) throw noLists(where)
  for (let next = bytes[at] === CLOSE ? bytes[at++] : COMMA; next !== CLOSE; next = bytes[at++]) {
    if (next !== COMMA || bytes[at++] !== OPEN) throw noLists(where)
    starts[lists++] = length
    for (let more = bytes[at] === CLOSE ? bytes[at++] : COMMA; more !== CLOSE; more = bytes[at++]) {
      if (more !== COMMA) throw noNumber(where)
      const first = at
      let value = 0
      for (let digit = bytes[at] as number; digit >= ZERO && digit <= NINE; digit = bytes[++at] as number)
        value = value * 10 + (digit - ZERO)
      const isSound = at === first + 1 || (at > first && bytes[first] !== ZERO)
      if (!isSound || value > Number.MAX_SAFE_INTEGER) throw noNumber(where)
      numbers[length++] = value
    }
  }
  starts[lists] = length
  reader.at = at
  return {
    numbers: copied(numbers, roomyFloat64Array(length)),
    starts: copied(starts, roomyUint32Array(lists + 1)),
  }
}

function copied<Numbers extends Float64Array | Uint32Array>(from: Numbers, to: Numbers): Numbers {
  for (let at = 0; at < to.length; at++) to[at] = from[at] as number
  return to
}

function noLists(where: string): Damage {
  return new Damage(where, 'has no lists of numbers')
}

function noNumber(where: string): Damage {
  return new Damage(where, 'has a number that is none')
}
