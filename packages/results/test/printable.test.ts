import fc from 'fast-check'
import { expect, test } from 'vitest'
import { messageOf, sentenceOf, TstraceError } from '../src/errors.ts'
import { complaint, printable, printableLines } from '../src/printable.ts'

test.each([
  ['src/a b.ts', 'src/a b.ts'],
  ['日本/é 👩‍👩‍👧.ts', '日本/é 👩‍👩‍👧.ts'],
  ['a\nb\r\tc', 'a\\nb\\r\\tc'],
  ['\u001b[31m\u009b1m\u0007\u007f', '\\x1b[31m\\x9b1m\\x07\\x7f'],
  ['\u0085\u2028\u2029', '\\x85\\u2028\\u2029'],
  ['\u061c\u200e\u200f\u202a\u202e\u2066\u2069', '\\u061c\\u200e\\u200f\\u202a\\u202e\\u2066\\u2069'],
  ['::error::x', '\\x3a:error::x'],
  ['  ::error::x', '  \\x3a:error::x'],
  ['a::b', 'a::b'],
  ['x ##[error] ##VSO[a] ##teamcity[b] ## #[', 'x \\x23#[error] \\x23#VSO[a] \\x23#teamcity[b] ## #['],
])('%j is shown as %j', (text, shown) => {
  expect(printable(text)).toBe(shown)
})

test('of several lines, line ends and tabs stay', () => {
  expect(printableLines('a\n\tb\r\nc\rd\n ::e')).toBe('a\n\tb\r\nc\\rd\n \\x3a:e')
})

test('only the first line of a complaint begins a line', () => {
  expect(complaint('one\ntwo\n  three\n::four')).toBe('tstrace: one\n  two\n  three\n  \\x3a:four')
})

const HOSTILE = fc
  .array(fc.constantFrom(...'\n\r\t\u001b\u0085\u2028\u202e:#[ a', '::', '##vso[', '##teamcity[', '##['))
  .map((parts) => parts.join(''))

test('nothing that is made of hostile parts acts, begins a command, or changes when it is shown again', () => {
  fc.assert(
    fc.property(HOSTILE, (text) => {
      const lines = printableLines(text)
      expect(printableLines(lines)).toBe(lines)
      expect(lines).not.toContain('\u001b')
      expect(lines).not.toMatch(/^[^\S\n]*::|##(\[|vso\[|teamcity\[)|\r(?!\n)|[\u0085\u2028\u202e]/m)
      const line = printable(text)
      expect(printableLines(line)).toBe(line)
      expect(line).not.toMatch(/[\n\r\t]/)
      expect(line).not.toMatch(/^\s*::|##(\[|vso\[|teamcity\[)|[\u0085\u2028\u202e]/)
    }),
  )
})

test('an error of tstrace has one line, whatever is in it, and those that stand below', () => {
  const error = new TstraceError('TST_X', 'Cannot read a\n::error::b.', {
    below: ['c\u001b', '::d'],
    cause: 1,
  })
  expect(error.message).toBe('Cannot read a\\n::error::b.\nc\\x1b\n\\x3a:d')
  expect(error.cause).toBe(1)
  expect(sentenceOf(error)).toBe('Cannot read a\\n::error::b. [TST_X]\nc\\x1b\n\\x3a:d')
})

test.each([
  [new Error('no'), 'no'],
  ['no', 'no'],
  [undefined, 'undefined'],
  [{ message: 'no' }, 'no'],
  [{ message: 1 }, '[object Object]'],
  [Object.create(null), 'what was thrown cannot be shown'],
])('whatever is thrown says something', (thrown, message) => {
  expect(messageOf(thrown)).toBe(message)
})
