import { expect, test } from 'vitest'
import { lineChanges, textsOfLines } from '../../src/watch/line-states.ts'

const states = (text: string, ran: readonly number[]): Parameters<typeof lineChanges>[0] => ({
  texts: textsOfLines(text),
  ran: new Set(ran),
})

test.each([
  ['the same', 'a\nb\nc', [1, 2], [1, 2], [3], { newly: 0, noLonger: 0 }],
  ['one more and one less', 'a\nb\nc', [1, 3], [1, 2], [2], { newly: 1, noLonger: 1 }],
  ['a line in front', 'new\na\nb\nc', [2, 3], [1, 2], [4], { newly: 0, noLonger: 0 }],
  ['a line in the middle that runs', 'a\nnew\nb\nc', [1, 2, 3], [1, 2], [4], { newly: 1, noLonger: 0 }],
  ['a line that is gone', 'a\nc', [1], [1, 2], [2], { newly: 0, noLonger: 0 }],
  ['another text of a line', 'a\nB\nc', [1, 2], [1, 2], [3], { newly: 1, noLonger: 0 }],
  ['nothing is left', '', [], [1, 2, 3], [], { newly: 0, noLonger: 0 }],
])('%s', (_, text, ran, ranBefore, missing, expected) => {
  expect(lineChanges(states('a\nb\nc', ranBefore), states(text, ran), missing)).toEqual(expected)
})
