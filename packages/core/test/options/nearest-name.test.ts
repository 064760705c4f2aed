import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nearestName } from '../../src/options/nearest-name.ts'
import { rowsAt } from '../../src/options/rows-at.ts'

const ROWS = rowsAt('reporters')
const NAMES = ROWS.map(({ name }) => name)
const LONG = ROWS.map(({ long }) => `--${long}`)
const letter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz')
const name = fc.constantFrom(...NAMES)

/** A name with one letter put in, taken out, replaced, or changed with its neighbour. */
const misspelt = fc.tuple(name, fc.nat(), letter, fc.nat(3)).map(([right, place, other, kind]) => {
  const at = place % right.length
  const [before, after] = [right.slice(0, at), right.slice(at + 1)]
  const next = after.slice(0, 1)
  const wrong = [
    `${before}${other}${right[at]}${after}`,
    `${before}${after}`,
    `${before}${other}${after}`,
    `${before}${next}${right[at]}${after.slice(1)}`,
  ]
  return { right, wrong: wrong[kind] as string }
})

test('one letter that is wrong is understood', () => {
  fc.assert(
    fc.property(misspelt, ({ right, wrong }) => {
      const found = nearestName(wrong, NAMES)
      // Of a short name much is wrong then, and `include` is near to `exclude`.
      if (right.length < 5) return
      if (right.length > 5 && !right.endsWith('clude')) expect(found).toBe(right)
      else expect(found).toBeDefined()
    }),
  )
})

test('what is no word of ours is not taken for one: two letters in five, or more, are wrong', () => {
  fc.assert(
    fc.property(fc.string({ unit: letter, minLength: 1, maxLength: 16 }), (word) => {
      const found = nearestName(word, NAMES)
      const shared = (text: string): number =>
        [...text.toLowerCase()].filter((one) => word.includes(one)).length
      if (found !== undefined) expect(shared(found)).toBeGreaterThan(0.6 * found.length)
    }),
  )
})

test.each([
  ...['verbose', 'watch', 'output', 'lines', 'functions', 'threshold', 'config'],
  ...['run', 'bail', 'shard', 'project', 'path', 'dir', 'lcov', 'cwd', 'clean', 'calls', 'x', 'on'],
  ...['reportsDirectory', 'testMatch', 'name', 'print', 'level', 'max', 'quiet', 'color', 'silent', ''],
])('nothing is near to %j', (word) => {
  expect(nearestName(word, NAMES)).toBeUndefined()
  expect(nearestName(`--${word}`, LONG)).toBeUndefined()
})

test.each([
  ['cuont', 'count'],
  ['fiel', 'file'],
  ['Summry', 'summary'],
  ['IGNORE_DIR', 'ignoreDir'],
  ['ignore-dirs', 'ignoreDir'],
  ['cover', 'coverdir'],
  ['trackCalls', 'trackcalls'],
])('%s is %s', (wrong, right) => {
  expect(nearestName(wrong, NAMES)).toBe(right)
})

test('of what is too long nothing is near, which takes no time', () => {
  // One letter is wrong in 5,000: to find that took minutes.
  const long = 'x'.repeat(5000)
  expect(nearestName(`y${long}`, [long])).toBeUndefined()
  const names = Array.from({ length: 100_000 }, (_, at) => `name${at}${'z'.repeat(at % 300)}`)
  expect(nearestName(`nmae50${'z'.repeat(50)}`, names)).toBe(`name50${'z'.repeat(50)}`)
})
