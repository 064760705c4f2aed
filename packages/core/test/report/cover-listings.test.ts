import type { SourceCounts } from '@tstrace/results'
import { CoverageResults } from '@tstrace/results'
import { expect, test } from 'vitest'
import { joined } from '../../../results/test/joined.ts'
import { coverListing } from '../../src/report/cover-listing.ts'
import { coverListings, type SourceText } from '../../src/report/cover-listings.ts'
import { summaryTable } from '../../src/report/summary.ts'

/** A file in which line n ran `counts[n - 1]` times. */
function source(path: string, hash: string, counts: number[]): SourceCounts {
  const lines = counts.map((_, i) => ({ line: i + 1, column: 0, counters: [i], rule: 'statement' }))
  const sites = { counters: counts.length, lines, functions: [], branches: [] }
  return { path, hash, sites, counts: Float64Array.from(counts) }
}

function listings(sources: SourceCounts[], texts: Record<string, string>, keep?: (path: string) => boolean) {
  const results = new CoverageResults({ sources })
  const text = (path: string, hash: string): SourceText => {
    const found = texts[`${path} ${hash}`]
    return found === undefined ? { missing: 'the file changed since it was counted' } : { text: found }
  }
  return coverListings(results, { source: text, ...(keep ? { keep } : {}) })
}

test('an empty source has an empty listing, also with a byte-order mark', () => {
  const numbers = { lines: new Uint32Array(0), counts: new Float64Array(0), pragmas: new Set<number>() }
  const nothing = { numbers, missing: true }
  expect(['', '\ufeff', '\n'].map((text) => coverListing(text, nothing))).toEqual(['', '', '       \n'])
})

test('rows and listings in the order of the paths', () => {
  const { files, rows, problems } = listings(
    [source('src/b.ts', '1', [1, 0]), source('src/a.ts', '2', [2])],
    {
      'src/a.ts 2': 'a',
      'src/b.ts 1': 'b\nc\n',
    },
  )
  expect(files).toEqual([
    { path: 'src/a.cover', listingOf: 'src/a.ts', text: '    2: a\n' },
    { path: 'src/b.cover', listingOf: 'src/b.ts', text: '    1: b\n>>>>>> c\n' },
  ])
  expect(rows).toEqual([
    { module: 'src.a', path: 'src/a.ts', lines: 1, hits: 1, missing: [], hottest: 2 },
    { module: 'src.b', path: 'src/b.ts', lines: 2, hits: 1, missing: [{ from: 2, to: 2 }], hottest: 1 },
  ])
  expect(problems).toEqual([])
})

test('without missing lines the listing marks none, and the row counts all executable lines all the same', () => {
  const results = new CoverageResults({ sources: [source('a.ts', 'h', [1, 0, 0])] })
  const { files, rows } = coverListings(results, { source: () => ({ text: 'a\nb\nc' }), missing: false })
  expect(files[0]?.text).toBe('    1: a\n       b\n       c\n')
  expect(joined(summaryTable(rows))).toBe('lines   cov%   module   (path)\n    3    33%   a   (a.ts)\n')
})

test('a source that changed has a row, a problem and no listing', () => {
  const { files, rows, problems } = listings([source('a.ts', 'old', [1, 0])], {})
  expect(files).toEqual([])
  expect(rows).toEqual([
    { module: 'a', path: 'a.ts', lines: 2, hits: 1, missing: [{ from: 2, to: 2 }], hottest: 1 },
  ])
  expect(problems).toEqual(['No listing for a.ts: the file changed since it was counted.'])
})

test('a text shorter than what was counted is not the one that was counted', () => {
  const { files, problems } = listings([source('a.ts', 'h', [1, 1, 1])], { 'a.ts h': 'a\nb\n' })
  expect(files).toEqual([])
  expect(problems).toEqual(['No listing for a.ts: line 3 was counted, but the text found has 2 lines.'])
})

test('of two versions the one that is there has the plain name', () => {
  const { files, rows, problems } = listings(
    [source('a.ts', '0123456789', [1]), source('a.ts', 'fedcba9876', [5, 0])],
    { 'a.ts fedcba9876': 'a\nb' },
  )
  expect(files).toEqual([{ path: 'a.cover', listingOf: 'a.ts', text: '    5: a\n>>>>>> b\n' }])
  expect(rows.map(({ module, lines }) => [module, lines])).toEqual([
    ['a@01234567', 1],
    ['a', 2],
  ])
  expect(problems).toEqual([
    'The listing of a.ts is that of the text on disk: another text of it ran, too, and has only its row.',
  ])
})

test('without any of their texts all versions have their hash in the name', () => {
  const sources = [source('a.ts', '0123456789', [1]), source('a.ts', '01234567ff', [5])]
  const { problems, rows } = listings(sources, {})
  expect(rows.map(({ module }) => module)).toEqual(['a@01234567', 'a@01234567ff'])
  expect(problems).toEqual([
    'No listing for a.ts, of which 2 texts ran: the file changed since it was counted.',
  ])
})

test('versions whose texts are all there have a listing each', () => {
  const { files } = listings([source('a.ts', 'x_1', [1]), source('a.ts', 'y', [2])], {
    'a.ts x_1': 'a',
    'a.ts y': 'b',
  })
  expect(files.map(({ path }) => path)).toEqual(['a.cover', 'a@y.cover'])
  const others = listings([source('a.ts', 'a', [1]), source('a.ts', 'x_1', [2])], {
    'a.ts a': 'a',
    'a.ts x_1': 'a',
  })
  expect(others.files.map(({ path }) => path)).toEqual(['a.cover', 'a@x_1.cover'])
})

test('a version is named unlike any other file', () => {
  const { rows, files } = listings(
    [source('a.ts', '00000000', [1]), source('a.ts', '11111111', [2]), source('a@11111111.ts', 'h', [3])],
    { 'a.ts 00000000': 'a', 'a.ts 11111111': 'b', 'a@11111111.ts h': 'c' },
  )
  expect(new Set(rows.map(({ module }) => module)).size).toBe(3)
  expect(files.map(({ path }) => path)).toEqual(['a.cover', 'a@11111111~2.cover', 'a@11111111.cover'])
})

test('files that are not kept and names that stand for no file are left out', () => {
  const sources = [source('a.ts', '1', [1]), source('a.test.ts', '2', [1]), source('<eval>', '3', [1])]
  const { rows, problems } = listings(sources, { 'a.ts 1': 'a' }, (path) => !path.includes('.test.'))
  expect(rows.map(({ path }) => path)).toEqual(['a.ts'])
  expect(problems).toEqual([])
})

test('names do not depend on what is kept', () => {
  const sources = [source('a.ts', '1', [1]), source('a.js', '2', [1])]
  expect(listings(sources, {}, (path) => path === 'a.ts').rows[0]?.module).toBe('a.ts')
})
