import { stripVTControlCharacters } from 'node:util'
import { paintedLines, type Screen, screenOf } from '@tstrace/results/screen'
import { expect, test } from 'vitest'
import { answerShow } from '../../src/answers/answer-show.ts'
import { findTarget } from '../../src/recording/find-target.ts'
import { highlighted } from '../../src/texts/highlighted.ts'
import { showText } from '../../src/texts/show-text.ts'
import { PATH, recordingOfText } from '../recorded-text.ts'

const screen = screenOf({ isTTY: true, columns: 80 }, { env: {} }) as Screen
const painter = { screen, highlighted: (text: string) => highlighted(text, screen.colors, false) }

function shown(text: string, calls: readonly string[] = []) {
  const recording = recordingOfText(text, calls)
  return answerShow(recording, findTarget(recording, PATH))
}

const PROGRAM =
  'function f(n) {\n\tfor (let i = 0; i < n; i++) g()\n\tif (n < 0) g()\n}\nfunction g() { return 1 }\n'

test('as in a listing, behind the numbers of the lines', () => {
  const answer = shown(PROGRAM, ['f(1000)'])
  expect(showText(answer).rows).toEqual([
    '   1     1: function f(n) {',
    '   2  1001:         for (let i = 0; i < n; i++) g()',
    '   3     1:         if (n < 0) g()',
    '   4        }',
    '   5  1000: function g() { return 1 }',
  ])
})

test('on a screen there is heat, by logarithm, and what never ran is marked by more than a colour', () => {
  const { rows } = showText(shown(`${PROGRAM}function never() {\n  g()\n}\n`, ['f(1000)', 'f(30)']), painter)
  const plain = rows.map(stripVTControlCharacters)
  expect(plain.map((row) => row.slice(0, 16))).toEqual([
    '   1 ▁     1: fu',
    '   2 █  1032:   ',
    '   3 ▁     2:   ',
    '   4          }',
    '   5 █  1030: fu',
    '   6 ▁     1: fu',
    '   7 ! >>>>>>   ',
    '   8          }',
  ])
  expect(rows[6]).toContain('\u001b[7m\u001b[31m>>>>>>')
  expect(rows[4]).toContain('\u001b[36mfunction\u001b[39m')
})

test('the text is not changed by its colours, whatever is in it, and nothing in it acts on the terminal', () => {
  const hostile = `// \u001b[2Jcleared\u202e \u001b]0;title\u0007
const a = \`one
two \${ 1 + /[\`]/.source.length } \u0007
three\`, b = '::error::', c = "unclosed
/* never
closed \u001b[31m`
  const known = { ...shown('1\n'), rows: hostile.split('\n').map((text, at) => ({ line: at + 1, text })) }
  const painted = showText(known, painter).rows
  expect(painted.map((row) => stripVTControlCharacters(row).slice(14))).toEqual(
    showText(known).rows.map((row) => row.slice(12)),
  )
  for (const row of painted) expect(paintedLines(row), 'only our colours').toBe(row)
})

test('elements of JSX', () => {
  const text = `const a = <b title="it's">don't</b> // end`
  const painted = highlighted(text, screen.colors, true)
  expect(stripVTControlCharacters(painted)).toBe(text)
  expect(painted).toContain('\u001b[2m// end\u001b[22m')
  expect(painted).toContain('\u001b[32m"it\'s"\u001b[39m')
})
