import { expect, test } from 'vitest'
import { printedAnswer } from '../../src/texts/answer-text.ts'
import { whyText } from '../../src/texts/why-text.ts'
import { answerWhy } from '../../src/why/answer-why.ts'
import { PATH, recordingOfText } from '../recorded-text.ts'

const shop = `export const prices = { tea: 3 }

function pay(cart) {
  if (cart.length === 0) return 0
  let sum = 0
  for (const item of cart) {
    if (!(item in prices)) {
      sum += missing(item) // ?
    }
    sum += prices[item]
  }
  return sum
}

// Nobody has it.
function missing(item) {
  throw new Error(item)
}
`.replace('export ', '')

const CALLS = ['pay([])', "pay(['tea'])", "pay(['tea', 'tea'])"]

/** Without what says of which recording it is. */
function textAbout(text: string, line: number, calls: readonly string[]): string {
  const recording = recordingOfText(text, calls)
  const hash = recording.versions()[0]?.hash ?? ''
  return printedAnswer({ ...whyText(answerWhy(recording, { path: PATH, hash, line })), foot: [] }, false)
}

test('a line that never ran, to read', () => {
  expect(textAbout(shop, 8, CALLS)).toBe(
    `src/a.js:8 never ran.
It is in pay, which was called 3 times.
The condition of the if in line 7, which was reached 3 times, was never true.

  7  3  if (!(item in prices)) {
  8  0    sum += missing(item) // ?

Closest came what ran line 7, most often first:
  2  test/a.test.ts > pay(['tea', 'tea'])
  1  test/a.test.ts > pay(['tea'])
`,
  )
})

test('a function that was never called, to read', () => {
  expect(textAbout(shop, 17, CALLS)).toBe(
    `src/a.js:17 never ran.
missing was never called. Something of its name is called in line 8 (never ran).

   8  0        sum += missing(item) // ?
  16  1  function missing(item) {
  17  0    throw new Error(item)

No test came close: what ran line 16 was no test, but what is around them, as imports.
`,
  )
})

test('a function without a name that was never called, to read', () => {
  const text = 'const all = [\n  () => {\n    return 1\n  },\n]\n;[].map((x) => {\n  return x\n})\n'
  expect(textAbout(text, 3, ['all'])).toContain(
    '\n<anonymous:2> was never called. It has no name: what was given it in line 2 did not call it.\n',
  )
  expect(textAbout(text, 7, ['all'])).toContain(
    '\nmap(…) was never called. What it is handed to in line 6 did not call it.\n',
  )
  const computed = "const all = { ['a' + 1]() {\n  return 1\n} }\n"
  expect(textAbout(computed, 2, ['all'])).toContain("\nall.['a' + 1] was never called.\n")
})

test('a line that ran, to read', () => {
  expect(textAbout(shop, 4, CALLS)).toBe(
    `src/a.js:4 ran 3 times.
It is in pay, which was called 3 times.

  4  3  if (cart.length === 0) return 0

It ran in:
  1  test/a.test.ts > pay(['tea', 'tea'])
  1  test/a.test.ts > pay(['tea'])
  1  test/a.test.ts > pay([])
`,
  )
})

test('a line that is not executable, to read', () => {
  expect(textAbout(shop, 15, CALLS)).toBe(
    `src/a.js:15 is not executable: nothing that counts starts there.
The nearest line that is, 12, ran 2 times (rule: statement).

  12  2    return sum
  15     // Nobody has it.
`,
  )
})
