import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { mergeCounts } from '../../src/counts-file/merge-counts.ts'
import { MergedFile, mergedResults } from '../../src/counts-file/merge-outputs.ts'
import { type CountsData, readCounts } from '../../src/counts-file/read-counts-file.ts'
import { rebaseResults } from '../../src/counts-file/rebase-path.ts'
import { sumLabelled } from '../../src/counts-file/sum-labelled.ts'
import { CoverageResults } from '../../src/results/coverage-results.ts'
import { allOf, arbitraryCounted, resultsOf } from '../results/arbitrary-contexts.ts'
import { tableNumber } from '../results/arbitrary-results.ts'
import { bytesOf, input, inputOf, run, withTrailer } from './counts-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'counts-contexts-'))
afterAll(() => rmSync(folder, { recursive: true }))

function data(results: CoverageResults, number = 1, { base = '', label = '' } = {}): CountsData {
  const head = { project: 'demo', base, runs: [run(number, { base, label })] }
  return { head, counted: new Map([[label, results]]) }
}

function read(bytes: Uint8Array): CoverageResults {
  return sumLabelled(readCounts([bytes], 'a.counts').counted)
}

test('what was counted in which context is read as it was written', () => {
  const same = fc.property(arbitraryCounted, (counted) => {
    const results = resultsOf(counted)
    const bytes = bytesOf(data(results))
    expect(allOf(read(bytes))).toEqual(allOf(results))
    expect(bytesOf(data(read(bytes))).equals(bytes)).toBe(true)
  })
  fc.assert(same, { numRuns: 150 })
})

test('shards add up context by context, in any order and in several steps', async () => {
  const shards = fc.array(arbitraryCounted, { minLength: 1, maxLength: 4 })
  const same = fc.asyncProperty(shards, async (parts) => {
    const inputs = parts.map((part, i) => input(`${i}.counts`, data(resultsOf(part), i)))
    const whole = allOf(resultsOf(parts.flat()))
    const { counted } = await mergedResults(inputs, { project: '' })
    expect(allOf(sumLabelled(counted))).toEqual(whole)
    const merged = async (given: typeof inputs): Promise<Buffer> => {
      const file = join(folder, 'sum.counts')
      await mergeCounts(given, { project: '', output: () => new MergedFile(file) })
      return readFileSync(file)
    }
    const bytes = await merged(inputs)
    expect(allOf(read(bytes))).toEqual(whole)
    const first = inputOf('first', await merged(inputs.slice(0, 1)))
    expect((await merged([...inputs.slice(1).reverse(), first])).equals(bytes)).toBe(true)
  })
  await fc.assert(same, { numRuns: 60 })
})

test('contexts of different labels stay apart', async () => {
  const context = { kind: 'named', name: 'one' } as const
  const results = (count: number): CoverageResults => {
    const made = new CoverageResults()
    const counts = Float64Array.of(count, 0, 0)
    made.addSource({ path: 'a.ts', hash: 'h', sites: tableNumber(0), counts }, context)
    return made
  }
  const inputs = ['os=linux', 'os=mac'].map((label, i) => input(`${i}`, data(results(i + 1), i, { label })))
  const { counted } = await mergedResults(inputs, { project: '' })
  const of = (label: string): unknown => counted.get(label)?.testsOf('a.ts', 1)
  expect(of('os=linux')).toEqual([{ context, count: 1 }])
  expect(of('os=mac')).toEqual([{ context, count: 2 }])
  expect(sumLabelled(counted).testsOf('a.ts', 1)).toEqual([{ context, count: 3 }])
})

test('test files of another folder are named from that of the sum', async () => {
  const same = fc.asyncProperty(arbitraryCounted, async (counted) => {
    const results = resultsOf(counted)
    const inputs = [input('a', data(results, 1, { base: 'packages/a' }))]
    const merged = await mergedResults(inputs, { project: '', base: '' })
    expect(allOf(sumLabelled(merged.counted))).toEqual(allOf(rebaseResults(results, 'packages/a', '')))
    for (const context of sumLabelled(merged.counted).contexts())
      if ('file' in context) expect(context.file).toMatch(/^packages\/a\//)
  })
  await fc.assert(same, { numRuns: 50 })
})

test('a file of version 1 is read, and one of version 2 with lines and fields that nobody knows yet', () => {
  const results = new CoverageResults()
  results.addSource({ path: 'a.ts', hash: 'h', sites: tableNumber(0), counts: Float64Array.of(1, 2, 3) })
  const lines = bytesOf(data(results)).toString().split('\n').slice(0, -2)
  const first = withTrailer([(lines[0] as string).replace('\t2\t', '\t1\t'), ...lines.slice(1)])
  expect(read(first).toJSON()).toEqual(results.toJSON())
  const later = withTrailer(
    lines.map((line) => (line.startsWith('source') ? `${line}\t[[],[],[]]\t{}` : line)).concat('future\t1'),
  )
  expect(read(later).toJSON()).toEqual(results.toJSON())
  expect(() =>
    read(withTrailer([...lines.map((line) => line.replace('\t2\t', '\t1\t')), 'future\t1'])),
  ).toThrow('is of an unknown kind')
})

test('names that fill the memory where they are there for each context are neither read nor written', () => {
  const file = 'a.test.ts'
  // A test, and what runs with it 300 times: each has its name once more.
  const items = [
    [0, 'a'.repeat(2 ** 20), 1],
    ['overlap', ...Array(300).fill(0)],
  ]
  const head = bytesOf(data(new CoverageResults())).toString().split('\n').slice(0, 2)
  const line = `contexts\t""\t""\t"${file}"\t${JSON.stringify(items)}`
  expect(() => read(withTrailer([...head, line]))).toThrow('more than 268435456 characters')
  const results = new CoverageResults()
  const usual = {
    kind: 'test',
    project: '',
    file,
    index: 0,
    retry: 0,
    repeat: 0,
    line: 1,
    state: 'passed',
  } as const
  results.recorded.note({ ...usual, titles: Array(300).fill('a'.repeat(2 ** 20)) })
  expect(() => bytesOf(data(results))).toThrow('characters in names of tests, and holds 268435456 at most')
})
