import { CoverageResults } from '@tstrace/results'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joined } from '../../../results/test/joined.ts'
import { arbitraryData } from '../../../results/test/results/arbitrary-results.ts'
import { resultsFile as piecesOf } from '../../src/report/results-file.ts'

function resultsFile(results: CoverageResults): string {
  return joined(piecesOf(results))
}

test('a results file says what toJSON says', () => {
  const same = fc.property(arbitraryData, (data) => {
    const results = new CoverageResults(data)
    expect(JSON.parse(resultsFile(results))).toEqual(JSON.parse(JSON.stringify(results)))
  })
  fc.assert(same)
})

test('it has one line per source file and per edge', () => {
  const same = fc.property(arbitraryData, (data) => {
    const results = new CoverageResults(data)
    const records = resultsFile(results)
      .split('\n')
      .filter((line) => line.startsWith('{"path"') || line.startsWith('{"caller"'))
    const parsed = records.map((line) => JSON.parse(line.replace(/,$/, '')))
    expect(parsed).toEqual(
      JSON.parse(JSON.stringify([...results.toJSON().sources, ...results.toJSON().edges])),
    )
  })
  fc.assert(same)
})

test('equal results make equal files, whatever the order in which they were added', () => {
  const same = fc.property(arbitraryData, ({ sources = [], edges = [] }) => {
    const backwards = { sources: [...sources].reverse(), edges: [...edges].reverse() }
    expect(resultsFile(new CoverageResults(backwards))).toBe(
      resultsFile(new CoverageResults({ sources, edges })),
    )
  })
  fc.assert(same)
})

test('results of nothing are a whole file', () => {
  const text = resultsFile(new CoverageResults())
  expect(text).toBe('{"format":"tstrace-results","version":1,\n"sources":[],\n"edges":[]}\n')
  expect(CoverageResults.fromJSON(text).sources()).toEqual([])
})
