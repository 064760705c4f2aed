import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readNumberLists } from '../../src/counts-file/read-numbers.ts'
import { Damage } from '../../src/results/damage.ts'
import { arraysOf } from '../../src/results/number-lists.ts'

const whole = fc.oneof(fc.nat(12), fc.maxSafeNat())
const lists = fc.array(fc.array(whole, { maxLength: 6 }), { maxLength: 6 })

test('lists of numbers are read as JSON is', () => {
  fc.assert(
    fc.property(fc.array(lists, { minLength: 1, maxLength: 4 }), (several) => {
      const text = several.map((some) => JSON.stringify(some)).join()
      expect(readNumberLists(Buffer.from(text), 'here').map(arraysOf)).toEqual(several)
    }),
  )
})

test('longer than most are read the same', () => {
  const long = [Array.from({ length: 70_000 }, (_, at) => at), []]
  expect(readNumberLists(Buffer.from(JSON.stringify(long)), 'here').map(arraysOf)).toEqual([long])
})

test('what is no list of whole numbers is refused, whatever it is', () => {
  const character = fc.constantFrom(...'[],0129-.e" ')
  const changed = fc.tuple(lists, fc.nat(), fc.string({ unit: character, maxLength: 2 }), fc.boolean())
  fc.assert(
    fc.property(changed, ([some, place, put, isInstead]) => {
      const text = JSON.stringify(some)
      const at = place % (text.length + 1)
      const other = text.slice(0, at) + put + text.slice(isInstead ? at + 1 : at)
      const expected = parsed(`[${other}]`)
      if (isNumberLists(expected) && JSON.stringify(expected) === `[${other}]`)
        expect(readNumberLists(Buffer.from(other), 'here').map(arraysOf)).toEqual(expected)
      else expect(() => readNumberLists(Buffer.from(other), 'here')).toThrow(Damage)
    }),
    { numRuns: 2000 },
  )
})

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isNumberLists(value: unknown): boolean {
  const isListOf = (some: unknown, isItem: (item: unknown) => boolean): boolean =>
    Array.isArray(some) && some.every(isItem)
  return (
    isListOf(value, (one) =>
      isListOf(one, (list) =>
        isListOf(list, (number) => Number.isSafeInteger(number) && (number as number) >= 0),
      ),
    ) && (value as unknown[]).length > 0
  )
}
