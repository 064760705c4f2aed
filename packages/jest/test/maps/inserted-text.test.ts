import { expect, test } from 'vitest'
import { InsertedText } from '../../src/maps/inserted-text.ts'

const before = 'one two\r\nthree\rfour'

/** Each place of the text with insertions, and where it was. */
function spotsOf(...insertions: [text: string, before: string, origin?: string][]) {
  const text = new InsertedText(
    before,
    insertions.map(([text, place, origin]) => ({
      text,
      at: before.indexOf(place),
      origin: origin === undefined ? undefined : before.indexOf(origin),
    })),
  )
  return (line: number, column: number) => {
    const spot = text.spotBefore({ line, column })
    return spot && [spot.line, spot.column]
  }
}

test('without insertions each place is its own', () => {
  const spot = spotsOf()
  expect([spot(0, 3), spot(2, 4)]).toEqual([
    [0, 3],
    [2, 4],
  ])
})

test('lines behind the text were nowhere: what is put there begins one where the text ends with a comment', () => {
  expect(spotsOf()(3, 0)).toBeUndefined()
  const text = new InsertedText(
    before,
    ['\n', ';more()'].map((text) => ({ at: before.length, text, origin: undefined })),
  )
  expect(text.spotBefore({ line: 2, column: 4 })).toBeUndefined()
  expect(text.spotBefore({ line: 3, column: 0 })).toBeUndefined()
})

test('what is within an insertion was nowhere, and what is around it moves back', () => {
  const spot = spotsOf(['<<', 'two'])
  expect([spot(0, 3), spot(0, 4), spot(0, 5), spot(0, 6), spot(1, 6)]).toEqual([
    [0, 3],
    undefined,
    undefined,
    [0, 4],
    [1, 6],
  ])
})

test('blanks behind an insertion move back as anything else', () => {
  expect(spotsOf(['<<', ' two'])(0, 5)).toEqual([0, 3])
})

test('several on a line, at one place and at others, move what follows together', () => {
  const spot = spotsOf(['<', 'one'], ['<<', 'one'], ['<<<', 'two'])
  expect([spot(0, 3), spot(0, 7), spot(0, 10)]).toEqual([[0, 0], undefined, [0, 4]])
})

test('lines end as they do for compilers', () => {
  const spot = spotsOf(['<', 'three'], ['<', 'four'])
  expect([spot(1, 0), spot(1, 1), spot(2, 0), spot(2, 1)]).toEqual([undefined, [1, 0], undefined, [2, 0]])
})

test('the start of what stands for a token was where that is, on whatever line', () => {
  const spot = spotsOf(['<<', 'three', 'two'], ['<<', 'four', 'four'])
  expect([spot(1, 0), spot(1, 1), spot(2, 0)]).toEqual([[0, 4], undefined, [2, 0]])
})
