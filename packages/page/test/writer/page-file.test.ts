import { inflateRawSync } from 'node:zlib'
import { pageFile } from '@tstrace/page'
import { type Context, CoverageResults, contextKey, eventLoop, type SourceCounts } from '@tstrace/results'
import { ContextCounts, keptFrom, unpackSiteTable } from '@tstrace/results/internal'
import { expect, test } from 'vitest'
import type { FunctionsData, OverviewData, SourceData, TestsData } from '../../src/page-data.ts'

/** A function on line 1 with a body on line 2. */
function source(path: string, counts: number[], hash = 'h'): SourceCounts {
  const lines = [0, 1].map((i) => ({ line: i + 1, column: 0, counters: [i], rule: 'statement' }))
  const place = { name: 'f', line: 1, column: 0, end: { line: 2, column: 1 }, counter: 1 }
  const sites = { counters: 2, lines, functions: [place], branches: [] }
  return { path, hash, sites, counts: Float64Array.from(counts) }
}

function contextOf(title: string): Context {
  const of = { project: '', file: 'test/a.test.ts', index: 0, retry: 0, repeat: 0, line: 3 } as const
  return { kind: 'test', ...of, titles: [title], state: 'passed' }
}

const [first, second] = [contextOf('first'), contextOf('second')] as const
const f = { path: 'src/a.ts', name: 'f' }
const testBody = { path: 'test/a.test.ts', name: 'test("first")' }

function recorded(): CoverageResults {
  const results = new CoverageResults()
  results.addSource(source('src/a.ts', [1, 4]), first)
  results.addSource(source('src/a.ts', [1, 0]), second)
  results.addSource(source('src/gone.ts', [1, 0]))
  results.addSource(source('src/gone.ts', [2, 0], 'other'))
  results.addSource(source('test/a.test.ts', [1, 0]))
  results.addEdge({ caller: testBody, callee: f, calls: 4, resumptions: 0 })
  results.addEdge({ caller: eventLoop, callee: f, calls: 0, resumptions: 2 })
  return results
}

const RUN = {
  started: '2026-11-21T18:00:00.000Z',
  commit: 'c',
  runner: 'r 1',
  node: '24',
  tstrace: '0.1.0',
  label: '',
  losses: '',
}

/** The pieces of a page, and its chunks by name. */
function written(results: CoverageResults): { pieces: string[]; chunk: (name: string) => unknown } {
  const { path, text } = pageFile({
    results,
    keep: (path) => !path.startsWith('test/'),
    source: (path) => (path === 'src/a.ts' ? { text: '</script>\nbody\n' } : { missing: 'it is gone' }),
    runs: [RUN],
  })
  expect(path).toBe('index.html')
  const pieces = Array.from(text, String)
  const chunk = (name: string): unknown => {
    const [, packed = ''] = new RegExp(`id="${name}">([^<]*)</script>`).exec(pieces.join('')) ?? []
    return JSON.parse(inflateRawSync(Buffer.from(packed, 'base64')).toString())
  }
  return { pieces, chunk }
}

test('the overview has the numbers of each text that is kept, and what was recorded', () => {
  const { sources, ...more } = written(recorded()).chunk('overview') as OverviewData
  expect(more).toEqual({ recordings: [{ runs: [RUN] }], hasCalls: true, contexts: { test: 2 } })
  expect(sources).toEqual([
    {
      path: 'src/a.ts',
      hash: 'h',
      numbers: [{ lines: 2, missing: 0, hottest: 4, hottestLine: 2, calls: 4, count: 6 }],
    },
    ...[
      { hash: 'h', hottest: 1 },
      { hash: 'other', hottest: 2 },
    ].map(({ hash, hottest }) => ({
      path: 'src/gone.ts',
      hash,
      numbers: [{ lines: 2, missing: 1, hottest, hottestLine: 1, calls: 0, count: hottest }],
    })),
  ])
})

test('a source has its text, its table, and its counts in each context; or why it has no text', () => {
  const results = recorded()
  const { chunk } = written(results)
  const contexts = chunk('contexts') as Context[]
  const { tables, text } = chunk('source-0') as SourceData
  expect(text).toBe('</script>\nbody\n')
  const [own] = results.sources()
  expect(unpackSiteTable(tables[0]!.sites, tables[0]!.counters)).toEqual(own?.sites)
  const [counted] = tables[0]!.counted
  expect(counted?.counts).toEqual([2, 4])
  const byContext = new ContextCounts(keptFrom(counted!.contexts!, contexts.map(contextKey)))
  expect([...byContext.of(contextKey(first))]).toEqual([
    [0, 1],
    [1, 4],
  ])
  expect(chunk('source-1')).toMatchObject({ textMissing: 'it is gone' })
})

test('functions have their calls, and those of files that are not on the page their path', () => {
  const { edges, elsewhere, functions } = written(recorded()).chunk('functions') as FunctionsData
  expect(functions.slice(0, 3).map(([place, name, line, calls]) => [place, name, line, calls])).toEqual([
    [0, 'f', 1, 4],
    [1, 'f', 1, 0],
    [2, 'f', 1, 0],
  ])
  const named = (place: number): string => `${elsewhere[place] ?? 'src/a.ts'}:${functions[place]?.[1]}`
  expect(edges.map(([caller, callee, ...counts]) => [named(caller), named(callee), ...counts])).toEqual([
    [':<event loop>', 'src/a.ts:f', 0, 2],
    ['test/a.test.ts:test("first")', 'src/a.ts:f', 4, 0],
  ])
})

test('a context has what it ran, and what only it ran', () => {
  const { recordings } = written(recorded()).chunk('tests') as TestsData
  expect(recordings).toEqual([{ ran: [[[0, 5, 2]], [[0, 1, 1]]], alone: { 0: [[0, 2, 2, 1]] } }])
})

test('nothing of a source is in the file as it is, and each stands in a piece of its own', () => {
  const { pieces } = written(recorded())
  const whole = pieces.join('')
  expect(whole).not.toContain('src/a.ts')
  expect(pieces.filter((piece) => piece.includes('id="source-')).length).toBe(3)
  // As many scripts end as begin.
  expect(whole.match(/<script/g)?.length).toBe(whole.match(/<\/script/g)?.length)
})

test('without contexts there is nothing about tests', () => {
  const { pieces } = written(new CoverageResults({ sources: [source('src/a.ts', [1, 0])] }))
  expect(pieces.join('')).not.toMatch(/id="(tests|contexts)"/)
})
