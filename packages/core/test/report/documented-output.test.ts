import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { instrument } from '@tstrace/instrument'
import { CoverageResults, eventLoop } from '@tstrace/results'
import { expect, test } from 'vitest'
import { joined } from '../../../results/test/joined.ts'
import { resultsFile } from '../../src/report/results-file.ts'
import { knownCases } from './python/known-cases.ts'
import { type ReportCase, reportOf } from './python/report-case.ts'

function blocksOf(page: string, language: string): string[] {
  const text = readFileSync(join(import.meta.dirname, '../../../../docs/reference', page), 'utf8')
  const blocks = [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
  return blocks.filter(([, tag]) => tag === language).map(([, , body]) => body as string)
}

test('the output page shows what is written', () => {
  const recurse = reportOf(knownCases['the PyMOTW example'] as ReportCase)
  const [, relations = ''] = /(\ncalling relationships:\n.*)/s.exec(
    reportOf(knownCases['the sticky header of the called file'] as ReportCase).printed,
  ) ?? ['', '']
  const [functions = ''] = /\nfunctions called:\n(filename.*\n)*/.exec(recurse.printed) ?? []
  const [summary = ''] = /lines {3}cov%.*/s.exec(recurse.printed) ?? []
  const listing = Buffer.from(recurse.listings['src.recurse'] as string, 'base64').toString('utf8')
  expect(blocksOf('output.md', 'text')).toEqual([listing, summary, functions, relations])
})

test('the results file page shows what is written for its source', () => {
  const [source = ''] = blocksOf('results-file.md', 'ts')
  const instrumented = instrument(source, { file: 'src/recurse.ts' })
  if (!instrumented) throw new Error('the source on the page has nothing to count')
  const recurse = { path: 'src/recurse.ts', name: 'recurse' }
  const body = { path: 'test/recurse.test.ts', name: 'it("counts down")' }
  const results = new CoverageResults({
    sources: [{ path: recurse.path, ...instrumented, counts: Float64Array.of(1, 3, 2) }],
    edges: [
      { caller: body, callee: recurse, calls: 1, resumptions: 0 },
      { caller: recurse, callee: recurse, calls: 2, resumptions: 0 },
      { caller: eventLoop, callee: { path: recurse.path, name: '<module>' }, calls: 1, resumptions: 0 },
    ],
  })
  expect(blocksOf('results-file.md', 'json')).toEqual([joined(resultsFile(results))])
})
