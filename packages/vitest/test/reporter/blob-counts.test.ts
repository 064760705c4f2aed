import { CoverageResults } from '@tstrace/results'
import { countsText, mergedResults } from '@tstrace/results/counts-file'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { run } from '../../../results/test/counts-file/counts-files.ts'
import { arbitraryData } from '../../../results/test/results/arbitrary-results.ts'
import { blobText, takeFromBlobs } from '../../src/reporter/blob-counts.ts'
import type { Vitest } from '../../src/vitest-versions.ts'

test('counts that come in pieces are one text in a blob', () => {
  expect(blobText(['tstrace-counts\t1\n', 'source\t"a.ts"\n'])).toBe('tstrace-counts\t1\nsource\t"a.ts"\n')
  expect(blobText([])).toBe('')
})

test('counts that are too long for a blob are left out of it at once, with a sentence', () => {
  let asked = 0
  function* endless(): Generator<string> {
    // In JSON, each of these takes two characters.
    const piece = '"'.repeat(2 ** 20)
    for (;;) {
      asked++
      yield piece
    }
  }
  expect(() => blobText(endless())).toThrow(
    expect.objectContaining({ code: 'TST_COUNTS_TOO_LARGE', message: expect.stringContaining('268435456') }),
  )
  expect(asked).toBeLessThanOrEqual(129)
})

test('any counts come back out of a blob', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryData, async (data) => {
      const results = new CoverageResults(data)
      const head = { project: 'demo', base: '', runs: [run(1)] }
      const text = blobText(countsText({ head, counted: new Map([['', results]]) }))
      // As Vitest does: what a file has, and other reporters see, is JSON.
      const meta = JSON.parse(Buffer.from(JSON.stringify({ tstrace: text, other: 1 })).toString())
      const merging = { config: { mergeReports: 'nowhere' }, state: { blobs: { files: [{ meta }] } } }
      const { inputs } = takeFromBlobs(merging as unknown as Vitest)
      const { counted } = await mergedResults(inputs, { base: '', project: 'demo' })
      expect(JSON.stringify(counted.get('') ?? new CoverageResults())).toBe(JSON.stringify(results))
      expect(meta).toEqual({ other: 1 })
    }),
    { numRuns: 50 },
  )
})
