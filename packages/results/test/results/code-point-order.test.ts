import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codePointOrder } from '../../src/results/code-point-order.ts'

function order(a: string, b: string): number {
  const left = Array.from(a, (character) => character.codePointAt(0) as number)
  const right = Array.from(b, (character) => character.codePointAt(0) as number)
  const at = left.findIndex((point, i) => point !== right[i])
  if (at < 0) return Math.sign(left.length - right.length)
  return at < right.length ? Math.sign((left[at] as number) - (right[at] as number)) : 1
}

test('texts are ordered by their code points', () => {
  const characters = fc.constantFrom(
    '',
    'a',
    'Z',
    '\ud7ff',
    '\ue000',
    '\uffff',
    '\u{10000}',
    '\u{10ffff}',
    '<',
  )
  const anyText = fc.array(characters, { maxLength: 4 }).map((parts) => parts.join(''))
  const same = fc.property(anyText, anyText, (a, b) => {
    expect(Math.sign(codePointOrder(a, b))).toBe(order(a, b))
  })
  fc.assert(same, { numRuns: 2000 })
})

test('a character above U+FFFF comes after U+E000, unlike in JavaScript', () => {
  expect(codePointOrder('\u{1f600}', '\ue000')).toBeGreaterThan(0)
  expect('\u{1f600}' < '\ue000').toBe(true)
})
