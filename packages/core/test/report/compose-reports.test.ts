import type { SourceCounts } from '@tstrace/results'
import { CoverageResults } from '@tstrace/results'
import { expect, test } from 'vitest'
import { joined } from '../../../results/test/joined.ts'
import { type AskedReports, type ComposedReport, composeReports } from '../../src/report/compose-reports.ts'
import { resultsFile } from '../../src/report/results-file.ts'

const NOTHING: AskedReports = {
  count: false,
  missing: true,
  summary: false,
  listfuncs: false,
  trackcalls: false,
  html: false,
  total: false,
  ranges: false,
  folder: false,
}
const EVERYTHING: AskedReports = {
  count: true,
  missing: true,
  summary: true,
  listfuncs: true,
  trackcalls: true,
  html: true,
  total: true,
  ranges: true,
  folder: true,
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
    recording: {
      files: [{ path: 'recording.counts', text: 'counts' }],
      problems: ['one source is not in it'],
    },
    page: ({ keep }) => ({ path: 'index.html', text: ['a.ts', 'a.test.ts'].filter(keep).join() }),
    formats: { files: [{ path: 'lcov.info', text: 'TN:' }], problems: ['one path is not in it'] },
    source: (path) => {
      read.push(path)
      return path === 'gone.ts' ? { missing: 'it is gone' } : { text: 'one\ntwo\n' }
    },
  })
  return { reports, read }
}

const FUNCTIONS = `functions called:
filename: a.ts, modulename: a, funcname: f
filename: gone.ts, modulename: gone, funcname: f
`
const CALLS = `calling relationships:

*** a.test.ts ***
  --> a.ts
    a.test.f -> a.f
`
const SUMMARY = `lines   cov%   module   (path)   missing
    2    50%   a   (a.ts)   2
    2    50%   gone   (gone.ts)   2
    4    50%   TOTAL   (2 sources)
`

/** A report with its texts as one each. */
function whole({ files, lines, shown, ...report }: ComposedReport): object {
  const texts = files.map((file) => ({ ...file, text: joined(file.text) }))
  expect(joined(shown), 'without a screen there is one text').toBe(joined(lines))
  return { ...report, files: texts, lines: joined(lines) }
}

test('every report there is, of the files that are kept; in the results file are all', () => {
  const { reports, read } = compose(EVERYTHING)
  expect(reports.map(whole)).toEqual([
    {
      name: 'results file',
      files: [{ path: 'results.json', text: joined(resultsFile(results)) }],
      lines: '',
      problems: [],
      short: expect.any(Function),
    },
    {
      name: 'recording',
      files: [{ path: 'recording.counts', text: 'counts' }],
      lines: '',
      problems: ['one source is not in it'],
      short: expect.any(Function),
    },
    {
      name: 'page',
      files: [{ path: 'index.html', text: 'a.ts' }],
      lines: '',
      problems: [],
      short: expect.any(Function),
    },
    {
      name: 'formats',
      files: [{ path: 'lcov.info', text: 'TN:' }],
      lines: '',
      problems: ['one path is not in it'],
      short: expect.any(Function),
    },
    {
      name: 'functions',
      files: [{ path: 'functions.txt', text: FUNCTIONS }],
      lines: `\n${FUNCTIONS}`,
      problems: [],
      short: expect.any(Function),
    },
    {
      name: 'calls',
      files: [{ path: 'calls.txt', text: CALLS }],
      lines: `\n${CALLS}`,
      problems: [],
      short: expect.any(Function),
    },
    {
      name: 'listings',
      files: [{ path: 'a.cover', listingOf: 'a.ts', text: '    1: one\n>>>>>> two\n' }],
      lines: '',
      problems: ['No listing for gone.ts: it is gone.'],
      short: expect.any(Function),
    },
    {
      name: 'summary',
      files: [{ path: 'summary.txt', text: SUMMARY }],
      lines: SUMMARY,
      problems: [],
      short: expect.any(Function),
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
  [{ html: true }, []],
  [{ folder: true, html: true }, ['results file', 'recording', 'page', 'formats']],
  [{ folder: true }, ['results file', 'recording', 'formats']],
])('%j gives %j', (asked, names) => {
  const { reports, read } = compose({ ...NOTHING, ...asked })
  expect(reports.map(({ name }) => name)).toEqual(names)
  expect(read.length, 'sources are read for listings only').toBe(asked.count ? 2 : 0)
})

test('missing lines are marked if that is asked for', () => {
  const { reports } = compose({ ...NOTHING, count: true, missing: false })
  expect(reports[0]?.files[0]?.text).toBe('    1: one\n       two\n')
})

test('without a folder nothing is a file but listings', () => {
  const { reports } = compose({ ...EVERYTHING, folder: false })
  expect(reports.flatMap(({ files }) => files.map(({ path }) => path))).toEqual(['a.cover'])
})

/** So many sources, of which each but the last has run. */
function many(count: number): CoverageResults {
  const sources = Array.from({ length: count }, (_, i) => {
    const made = source(`s${String(i).padStart(2, '0')}.ts`)
    return i === count - 1 ? { ...made, counts: Float64Array.of(0, 0) } : made
  })
  return new CoverageResults({ sources, edges: [] })
}

function shortSummary(count: number, more: Partial<AskedReports> = {}): string | undefined {
  const asked = { ...NOTHING, count: true, summary: true, folder: true, ...more }
  const input = { asked, keep: () => true }
  const reports = composeReports(many(count), { ...input, source: () => ({ text: 'one\ntwo\n' }) })
  return reports.find(({ name }) => name === 'summary')?.short('out')
}

test('a list of up to 50 lines is printed whole, a longer one with its beginning and where the rest is', () => {
  expect(shortSummary(49)?.split('\n')).toHaveLength(51)
  const lines = shortSummary(50)?.split('\n') ?? []
  expect(lines).toHaveLength(22)
  expect(lines.slice(0, 3), 'lowest coverage first').toEqual([
    'lines   cov%   module   (path)',
    '    2     0%   s49   (s49.ts)',
    '    2    50%   s00   (s00.ts)',
  ])
  expect(lines.slice(-2)).toEqual([
    '… 31 more lines in out/summary.txt; the option fullLists prints them.',
    '',
  ])
})

test('the total is shown however long the list is', () => {
  const lines = shortSummary(60, { total: true })?.split('\n') ?? []
  expect(lines.slice(-3)).toEqual([
    '… 41 more lines in out/summary.txt; the option fullLists prints them.',
    '  120    49%   TOTAL   (60 sources)',
    '',
  ])
})
