import { expect, test } from 'vitest'
import { answerMissing } from '../../src/answers/answer-missing.ts'
import { answerShow } from '../../src/answers/answer-show.ts'
import { findTarget } from '../../src/recording/find-target.ts'
import { missingText } from '../../src/texts/missing-text.ts'
import { showText } from '../../src/texts/show-text.ts'
import { recordingOf, sourceWith } from '../recorded.ts'
import { PATH, recordingOfText } from '../recorded-text.ts'

const TEXT = `function f(x) {
  if (x) {
    return g(x)
  }
  // none
  console.log(1)

  return 2 //#pragma NO COVER
}
function g(x) {
  return x
}
`

test('a file, lines of it, and a function, with what stands there', () => {
  const recording = recordingOfText(TEXT, ['f(1)', 'f(2)'])
  const shown = (word: string) => answerShow(recording, findTarget(recording, word))
  const all = shown(PATH)
  expect(all.rows.map(({ count, line, missing }) => [line, count, missing])).toEqual([
    [1, 1, undefined],
    [2, 2, undefined],
    [3, 2, undefined],
    [4, undefined, undefined],
    [5, undefined, undefined],
    [6, 0, true],
    [7, undefined, undefined],
    [8, 0, undefined],
    [9, undefined, undefined],
    [10, 1, undefined],
    [11, 2, undefined],
    [12, undefined, undefined],
  ])
  expect(all.rows.map(({ text }) => `${text}\n`).join('')).toBe(TEXT)
  expect(all).toMatchObject({ hottest: 2, total: { lines: 5, executable: 6 } })
  expect(shown(`${PATH}:5-99`).rows.map(({ line }) => line)).toEqual([5, 6, 7, 8, 9, 10, 11, 12])
  expect(shown('g').rows.map(({ line }) => line)).toEqual([10, 11, 12])
  expect(() => shown('.')).toThrow('"." is a folder, and only sources are shown.')
})

test('where branches were counted, a line of which a way was never taken has its mark', () => {
  const marksOf = (branches: boolean): (string | undefined)[] => {
    const recording = recordingOfText(TEXT, ['f(1)', 'f(2)'], { branches })
    const { rows } = showText(answerShow(recording, findTarget(recording, `${PATH}:1-3`)))
    return rows.map((row) => row.match(/\d+[:!]/)?.[0])
  }
  expect(marksOf(true)).toEqual(['1:', '2!', '2:'])
  expect(marksOf(false)).toEqual(['1:', '2:', '2:'])
})

test('what never ran, of a folder and of parts', () => {
  const recording = recordingOf({
    sources: [
      [sourceWith('src/a.ts', [1, 0, 0, 1, 0, 1])],
      [sourceWith('src/b.ts', [1, 1])],
      [sourceWith('lib/c.ts', [0])],
    ],
  })
  const missing = (word: string) => answerMissing(recording, findTarget(recording, word))
  expect(missingText(missing('.'))).toMatchObject({
    head: ['4 of 9 lines never ran:', ''],
    rows: ['lib/c.ts:1', 'src/a.ts:2-3,5'],
  })
  expect(missingText(missing('src/')).rows).toEqual(['src/a.ts:2-3,5'])
  expect(missingText(missing('src/a.ts:3-4')).rows).toEqual(['src/a.ts:3'])
  expect(missingText(missing('src/a.ts:f4'))).toMatchObject({
    head: ['1 of 2 lines in src/a.ts:f4 never ran:', ''],
    rows: ['src/a.ts:5'],
  })
  expect(missingText(missing('src/b.ts')).head).toEqual([
    'Every line in src/b.ts that can run did so, all 2.',
  ])
})

test('where the text is not known, the lines that can run are shown', () => {
  const recording = recordingOf({ sources: [[sourceWith('src/a.ts', [3, 0])]] })
  expect(answerShow(recording, findTarget(recording, 'src/a.ts')).rows).toEqual([
    { line: 1, count: 3 },
    { line: 2, count: 0, missing: true },
  ])
})
