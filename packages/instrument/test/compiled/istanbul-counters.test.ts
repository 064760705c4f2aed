import { expect, test } from 'vitest'
import { isIstanbulAt, withoutIstanbul } from '../../src/compiled/istanbul-counters.ts'
import { instrument } from '../../src/instrument/instrument.ts'

function sitesIn(text: string) {
  const made = instrument(text, { file: 'a.js', branches: true })
  if (!made) throw new Error('nothing runs')
  return withoutIstanbul(made.sites, text)
}

const armsIn = (text: string) =>
  sitesIn(text).branches.flatMap(({ arms }) => arms.map(({ line, column }) => [line, column]))

test("statements that are nothing but Istanbul's counters have no sites", () => {
  const { lines } = sitesIn('cov_1().s[0]++;\ngo()\n')
  expect(lines.map(({ line, column }) => [line, column])).toEqual([[2, 0]])
})

test("what has a counter of Istanbul's in front of it stands behind that", () => {
  expect(armsIn('x = a ? (cov_1().b[0][0]++, b()) : (cov_1().b[0][1]++, c())\n')).toEqual([
    [1, 28],
    [1, 55],
  ])
})

test('also where a hint, comments and blank lines stand between', () => {
  const text = [
    ...['x = a &&', '(cov_1().b[0][1]++, ', '          ', '  // why', '', '  /* and'],
    ...['  how */ b())', ''],
  ].join('\n')
  expect(armsIn(text)).toContainEqual([7, 9])
})

test('only the functions in which it keeps its counters are its own', () => {
  const text =
    '/* istanbul ignore next */\nfunction cov_1() {}\n/* istanbul ignore next */\nfunction mine() {}\n'
  const ends = [...text.matchAll(/next \*\//g)].map((hint) => hint.index + hint[0].length)
  expect(ends.map((end) => isIstanbulAt(text, end))).toEqual([true, false])
})
