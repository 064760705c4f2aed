import { CoverageResults } from '@tstrace/results'
import { expect, test } from 'vitest'
import { belowThresholds } from '../../src/report/thresholds.ts'

/** Sources by path with the numbers of their lines. */
function resultsOf(sources: Readonly<Record<string, readonly number[]>>): CoverageResults {
  return new CoverageResults({
    edges: [],
    sources: Object.entries(sources).map(([path, counts]) => ({
      path,
      hash: 'h',
      counts: Float64Array.from(counts),
      sites: {
        counters: counts.length,
        lines: counts.map((_, i) => ({ line: i + 1, column: 0, counters: [i], rule: 'statement' })),
        functions: [],
        branches: [],
      },
    })),
  })
}

const ran = (hits: number, lines: number): number[] =>
  Array.from({ length: lines }, (_, i) => Number(i < hits))
const all = (): boolean => true

test.each<[hits: number, lines: number, percent: number, isBelow: boolean]>([
  [9, 10, 90, false],
  [9, 10, 90.01, true],
  [999, 1000, 100, true],
  [1000, 1000, 100, false],
  [896, 1000, 90, true],
  [0, 10, 0, false],
  [0, 10, 0.1, true],
  // What 0.29 * 100 is in a computer.
  [29, 100, 29, false],
])('%i of %i lines are below %d%: %s', (hits, lines, percent, isBelow) => {
  const results = resultsOf({ 'a.ts': ran(hits, lines) })
  expect(belowThresholds(results, { failUnder: percent, failUnderFile: 0 }, all).length).toBe(Number(isBelow))
  expect(belowThresholds(results, { failUnder: 0, failUnderFile: percent }, all).length).toBe(Number(isBelow))
})

test('the sentence names the numbers, the sources, and how many more there are', () => {
  const sources = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`s${i + 10}.ts`, ran(1, 3)]))
  const results = resultsOf({ ...sources, 'most.ts': ran(9, 9), 'evil\n::error::.ts': ran(0, 1) })
  expect(belowThresholds(results, { failUnder: 90, failUnderFile: 80 }, all)).toEqual([
    'Of all lines 45.65% (21 of 46) ran, less than the 90% of failUnder.',
    'In 13 sources less than the 80% of failUnderFile ran: evil\\n::error::.ts 0% (0 of 1), ' +
      `${[10, 11, 12, 13, 14, 15, 16, 17, 18].map((i) => `s${i}.ts 33.33% (1 of 3)`).join(', ')}, and 3 more.`,
  ])
})

test('what is left out of the report does not count, and nothing at all is not enough', () => {
  const results = resultsOf({ 'a.ts': ran(1, 1), 'a.test.ts': ran(0, 9) })
  const keep = (path: string): boolean => !path.includes('.test.')
  expect(belowThresholds(results, { failUnder: 100, failUnderFile: 100 }, keep)).toEqual([])
  expect(belowThresholds(results, { failUnder: 1, failUnderFile: 0 }, () => false)).toEqual([
    'Nothing was counted, so that no line is known to have run, as failUnder asks.',
  ])
  expect(belowThresholds(results, { failUnder: 0, failUnderFile: 0 }, () => false)).toEqual([])
})
