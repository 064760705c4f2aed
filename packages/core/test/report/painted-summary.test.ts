import { stripVTControlCharacters } from 'node:util'
import { paintedLines, type Screen, screenOf } from '@tstrace/results/screen'
import { widthOf } from '@tstrace/results/shortened-path'
import { expect, test } from 'vitest'
import { joined } from '../../../results/test/joined.ts'
import { paintedSummary } from '../../src/report/painted-summary.ts'
import type { SummaryRow } from '../../src/report/summary.ts'

const screen = (columns?: number): Screen => screenOf({ columns }, { env: { FORCE_COLOR: '1' } }) as Screen
const extras = { total: false, ranges: false }

function row(path: string, hits: number, hottest: number): SummaryRow {
  const missing = hits < 100 ? [{ from: hits + 1, to: 100 }] : []
  return { module: path.replaceAll('/', '.'), path, lines: 100, hits, missing, hottest }
}

test('percentages by level, bars by the logarithm of the hottest line', () => {
  const rows = [row('a', 49, 0), row('b', 50, 1), row('c', 79, 1_000), row('d', 100, 1_000_000)]
  const text = joined(paintedSummary(rows, { ...extras, total: true, screen: screen() }))
  expect(text).toBe(`\u001b[1mlines   cov%   heat       module   (path)\u001b[22m
  100   \u001b[31m 49%\u001b[39m              a   (a)
  100   \u001b[33m 50%\u001b[39m   \u001b[34m■\u001b[39m          b   (b)
  100   \u001b[33m 79%\u001b[39m   \u001b[35m■■■■\u001b[39m       c   (c)
  100   \u001b[32m100%\u001b[39m   \u001b[31m■■■■■■■■\u001b[39m   d   (d)
  400   \u001b[33m 69%\u001b[39m              \u001b[1mTOTAL\u001b[22m   (4 sources)
`)
  expect(paintedLines(text), 'the way out leaves our colours').toBe(text)
})

test.each([40, 60, 80, 120, 200])('no line is wider than %i columns', (columns) => {
  const rows = [
    row(
      'packages/some-package/src/日本語の名前/another-folder/a-file-with-a-long-name.test-helpers.ts',
      3,
      9,
    ),
    row(`${'e\u0301'.repeat(90)}/👩‍👩‍👧‍👦.ts`, 99, 7),
    row('short.ts', 1, 1),
  ].map((one) => ({
    ...one,
    missing: Array.from({ length: 40 }, (_, i) => ({ from: 9 * i, to: 9 * i + 2 })),
  }))
  const lines = paintedSummary(rows, { total: true, ranges: true, screen: screen(columns) })
  const widths = lines.map((line) => widthOf(stripVTControlCharacters(line).trimEnd()))
  expect(Math.max(...widths)).toBeLessThanOrEqual(columns)
  expect(joined(lines)).toContain('short.ts')
  if (columns === 40) return
  expect(joined(lines)).toContain('helpers.ts')
  const ends = lines.slice(1, -1).map((line) => stripVTControlCharacters(line).trimEnd().slice(-3))
  expect(ends, 'the lines that never ran are never left out as if there were none').toEqual([
    ', …',
    ', …',
    ', …',
  ])
})

test('nothing in a name acts on the terminal', () => {
  const path = '\u001b[31mred\u001b]0;title\u0007\u202e\r\n::error::x'
  const text = joined(
    paintedSummary([{ ...row(path, 1, 1), module: path }], { ...extras, screen: screen(500) }),
  )
  expect(text.split('\n')).toHaveLength(3)
  expect(stripVTControlCharacters(text)).toContain('(\\x1b[31mred\\x1b]0;title\\x07\\u202e\\r\\n::error::x)')
})
