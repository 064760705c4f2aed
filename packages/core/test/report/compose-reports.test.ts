import { expect, test } from 'vitest'
import { type AskedReports, type ComposedReport, composeReports } from '../../src/report/compose-reports.ts'
import { resultsFile } from '../../src/report/results-file.ts'
import { CoverageResults } from '../../src/results/coverage-results.ts'
import type { SourceCounts } from '../../src/results/results-data.ts'

const NOTHING: AskedReports = {
  count: false,
  missing: true,
  summary: false,
  listfuncs: false,
  trackcalls: false,
  resultsFile: false,
}
const EVERYTHING: AskedReports = {
  count: true,
  missing: true,
  summary: true,
  listfuncs: true,
  trackcalls: true,
  resultsFile: true,
}

/** A file whose one function, on line 1, was called once; its line 2 never ran. */
function source(path: string): SourceCounts {
  const lines = [0, 1].map((i) => ({ line: i + 1, column: 0, counters: [i], rule: 'statement' }))
  const place = { name: 'f', line: 1, column: 0, end: { line: 2, column: 1 }, counter: 0 }
  const sites = { counters: 2, lines, functions: [place], branches: [] }
  return { path, hash: 'h', sites, counts: Float64Array.of(1, 0) }
}

const f = { path: 'a.ts', name: 'f' }
const body = { path: 'a.test.ts', name: 'f' }
const results = new CoverageResults({
  sources: [source('a.ts'), source('a.test.ts'), source('gone.ts')],
  edges: [body, f].map((callee) => ({ caller: body, callee, calls: 1, resumptions: 0 })),
})

function compose(asked: AskedReports): { reports: ComposedReport[]; read: string[] } {
  const read: string[] = []
  const reports = composeReports(results, {
    asked,
    keep: (path) => !path.includes('.test.'),
    source: (path) => {
      read.push(path)
      return path === 'gone.ts' ? { missing: 'it is gone' } : { text: 'one\ntwo\n' }
    },
  })
  return { reports, read }
}

test('every report there is, of the files that are kept; in the results file are all', () => {
  const { reports, read } = compose(EVERYTHING)
  expect(reports).toEqual([
    {
      name: 'results file',
      files: [{ path: 'results.json', text: resultsFile(results) }],
      text: '',
      problems: [],
    },
    {
      name: 'functions',
      files: [],
      text: `
functions called:
filename: a.ts, modulename: a, funcname: f
filename: gone.ts, modulename: gone, funcname: f
`,
      problems: [],
    },
    {
      name: 'calls',
      files: [],
      text: `
calling relationships:

*** a.test.ts ***
  --> a.ts
    a.test.f -> a.f
`,
      problems: [],
    },
    {
      name: 'listings',
      files: [{ path: 'a.cover', listingOf: 'a.ts', text: '    1: one\n>>>>>> two\n' }],
      text: '',
      problems: ['No listing for gone.ts: it is gone.'],
    },
    {
      name: 'summary',
      files: [],
      text: `lines   cov%   module   (path)
    2    50%   a   (a.ts)
    2    50%   gone   (gone.ts)
`,
      problems: [],
    },
  ])
  expect(read, 'one listing serves listings and summary').toEqual(['a.ts', 'gone.ts'])
})

test.each<[Partial<AskedReports>, string[]]>([
  [{}, []],
  [{ count: true }, ['listings']],
  [{ count: true, summary: true }, ['listings', 'summary']],
  [{ summary: true }, []],
  [{ listfuncs: true }, ['functions']],
  [{ trackcalls: true }, ['calls']],
  [{ resultsFile: true }, ['results file']],
])('%j gives %j', (asked, names) => {
  const { reports, read } = compose({ ...NOTHING, ...asked })
  expect(reports.map(({ name }) => name)).toEqual(names)
  expect(read.length, 'sources are read for listings only').toBe(asked.count ? 2 : 0)
})

test('missing lines are marked if that is asked for', () => {
  const { reports } = compose({ ...NOTHING, count: true, missing: false })
  expect(reports[0]?.files[0]?.text).toBe('    1: one\n       two\n')
})
