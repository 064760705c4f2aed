import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { CountsInput } from '../../src/counts-file/counts-input.ts'
import { type MergeOptions, mergeCounts } from '../../src/counts-file/merge-counts.ts'
import { MergedFile, mergedResults } from '../../src/counts-file/merge-outputs.ts'
import { readCounts } from '../../src/counts-file/read-counts-file.ts'
import { sumLabelled } from '../../src/counts-file/sum-labelled.ts'
import { CoverageResults } from '../../src/results/coverage-results.ts'
import type { FunctionReference, ResultsData } from '../../src/results/results-data.ts'
import { arbitraryData, tableNumber } from '../results/arbitrary-results.ts'
import { bytesOf, counts, input, inputOf, run } from './counts-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'merge-counts-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0

/** The text of the merged file, and what was said. */
async function merge(inputs: readonly CountsInput[], given: Partial<MergeOptions> = {}) {
  const file = join(folder, `${files++}.counts`)
  const problems = await mergeCounts(inputs, { project: '', output: () => new MergedFile(file), ...given })
  return { problems, text: readFileSync(file, 'utf8') }
}

async function sum(inputs: readonly CountsInput[], given: Partial<MergeOptions> = {}) {
  const { counted, problems } = await mergedResults(inputs, { project: '', ...given })
  return { problems, results: sumLabelled(counted) }
}

const piece = fc.integer({ min: 1, max: 5000 })
/** Some shards, each with a label, in some order. */
const shards = fc
  .array(fc.record({ data: arbitraryData, label: fc.constantFrom('', 'os=linux', 'os=mac') }), {
    minLength: 1,
    maxLength: 6,
  })
  .chain((parts) => {
    const all = parts.map(({ data, label }, i) => ({ data, i, runs: [run(i, { label })] }))
    return fc.shuffledSubarray(all, { minLength: all.length })
  })

test('shards in any order and in pieces of any size give what one run of everything would', async () => {
  const same = fc.asyncProperty(shards, piece, async (parts, size) => {
    const inputs = parts.map(({ data, i, runs }) => input(`${i}.counts`, counts({ runs, data }), size))
    const { problems, text } = await merge(inputs)
    expect(problems.filter((problem) => !problem.includes('not the same text'))).toEqual([])
    const byLabel = new Map<string, CoverageResults>()
    for (const { data, runs } of parts) {
      const label = runs[0]?.label ?? ''
      const results = byLabel.get(label) ?? new CoverageResults()
      results.update(new CoverageResults(data))
      byLabel.set(label, results)
    }
    const head = { project: 'demo', base: '', runs: parts.flatMap(({ runs }) => runs) }
    expect(text).toBe(bytesOf({ head, counted: byLabel }).toString())
    const { results } = await sum(inputs)
    const whole = new CoverageResults()
    for (const { data } of parts) whole.update(new CoverageResults(data))
    expect(JSON.stringify(results)).toBe(JSON.stringify(whole))
  })
  await fc.assert(same, { numRuns: 150 })
})

test('merging is associative, and a file without records changes no record', async () => {
  const same = fc.asyncProperty(arbitraryData, arbitraryData, arbitraryData, async (...all) => {
    const [a, b, c] = all.map((data, i) => input(`${i}`, counts({ runs: [run(i)], data }))) as [
      CountsInput,
      CountsInput,
      CountsInput,
    ]
    const empty = input('empty', counts({ runs: [run(9)] }))
    const left = inputOf('left', Buffer.from((await merge([a, b])).text))
    const right = inputOf('right', Buffer.from((await merge([c, b])).text))
    expect((await merge([left, c])).text).toBe((await merge([a, right])).text)
    const records = (text: string) => text.split('\n').filter((line) => /^(source|calls)/.test(line))
    expect(records((await merge([a, empty])).text)).toEqual(records((await merge([a])).text))
  })
  await fc.assert(same, { numRuns: 40 })
})

test('what was merged can be read, and has every total', async () => {
  const same = fc.asyncProperty(arbitraryData, arbitraryData, async (first, second) => {
    const inputs = [first, second].map((data, i) => input(`${i}`, counts({ runs: [run(i)], data })))
    const { counted, head } = readCounts([Buffer.from((await merge(inputs)).text)], 'sum')
    const whole = new CoverageResults(first)
    whole.update(new CoverageResults(second))
    expect(head.runs.map(({ id }) => id)).toEqual([run(0).id, run(1).id])
    expect(JSON.stringify(counted.get('') ?? new CoverageResults())).toBe(JSON.stringify(whole))
  })
  await fc.assert(same, { numRuns: 60 })
})

function oneSource(path: string, hash: string, count: number): ResultsData {
  return { sources: [{ path, hash, sites: tableNumber(0), counts: Float64Array.of(count, count, count) }] }
}

test('paths of another folder are given from the folder that is asked for, or from the top', async () => {
  const edges = [
    {
      caller: { path: '../b/y.ts', name: 'g' },
      callee: { path: 'x.ts', name: 'f' },
      calls: 2,
      resumptions: 0,
    },
  ]
  const data = {
    sources: [
      ...(oneSource('x.ts', 'h', 1).sources ?? []),
      ...(oneSource('../b/y.ts', 'h', 3).sources ?? []),
    ],
    edges,
  }
  const a = input('a', counts({ base: 'packages/a', runs: [run(1)], data }))
  const b = input('b', counts({ base: 'packages/b', runs: [run(2)], data: oneSource('y.ts', 'h', 10) }))
  const top = await sum([a, b])
  expect(top.problems).toEqual([])
  expect((await merge([a, b])).text.split('\n')[0]).toContain('"base":""')
  expect(top.results.sources().map(({ counts: [count], path }) => [path, count])).toEqual([
    ['packages/a/x.ts', 1],
    ['packages/b/y.ts', 13],
  ])
  expect(top.results.edges()[0]?.caller.path).toBe('packages/b/y.ts')
  const inB = await sum([a, b], { base: 'packages/b' })
  expect(inB.results.sources().map(({ path }) => path)).toEqual(['../a/x.ts', 'y.ts'])
})

test('a source that has no name from another folder costs that source only, and its calls', async () => {
  const [x, odd] = ['x.ts', '../C:/d.ts'].map((path) => ({ path, name: 'f' })) as [
    FunctionReference,
    FunctionReference,
  ]
  const pairs = [
    [x, odd],
    [odd, x],
    [x, x],
  ] as const
  const data = {
    sources: [x, odd].flatMap(({ path }) => [...(oneSource(path, 'h', 1).sources ?? [])]),
    edges: pairs.map(([caller, callee]) => ({ caller, callee, calls: 1, resumptions: 0 })),
  }
  const a = input('a', counts({ base: 'a', runs: [run(1)], data }))
  expect((await sum([a], { base: 'a' })).problems).toEqual([])
  const b = input('b', counts({ base: 'b', runs: [run(2)], data: oneSource('y.ts', 'h', 10) }))
  const { problems, results } = await sum([a, b])
  expect(problems).toEqual([
    '../C:/d.ts in a is left out: its path from the folder of the sum, "C:/d.ts", is absolute.',
  ])
  expect(results.sources().map(({ path }) => path)).toEqual(['a/x.ts', 'b/y.ts'])
  expect(results.edges().map(({ caller, callee }) => [caller.path, callee.path])).toEqual([
    ['a/x.ts', 'a/x.ts'],
  ])
  await expect(merge([a, b], { strict: true })).rejects.toMatchObject({ code: 'TST_COUNTS_UNSOUND' })
})

test('a file that turns out to be damaged in the middle is left out as a whole', async () => {
  const good = input('good', counts({ runs: [run(1, { shard: '1/2' })], data: oneSource('a.ts', 'h', 5) }))
  const text = Buffer.from(
    bytesOf(counts({ runs: [run(2, { shard: '2/2' })], data: oneSource('a.ts', 'h', 7) })),
  )
  const bad = inputOf('bad', Buffer.from(text.toString().replace('[7,7,7]', '[7,8,7]')), 50)
  const { problems, results } = await sum([bad, good])
  expect(problems).toEqual([
    'bad is damaged: its last line does not fit the lines before it. Nothing of it was used; delete it or make it again. It is left out. [TST_COUNTS_DAMAGED]',
    'Shard 2/2 of the vitest run ci 7 is missing.',
  ])
  expect(results.lineCounts('a.ts').get(1)).toBe(10)
  await expect(sum([bad])).rejects.toMatchObject({ code: 'TST_COUNTS_DAMAGED' })
  await expect(sum([bad, { ...bad, name: 'worse' }])).rejects.toMatchObject({ code: 'TST_COUNTS_NONE' })
})

/** A line may add up two counters. */
const LARGE = (Number.MAX_SAFE_INTEGER - 1) / 2

test('a sum that is no exact number any more is refused', async () => {
  const large = (number: number) =>
    input(`${number}`, counts({ runs: [run(number)], data: oneSource('a.ts', 'h', LARGE) }))
  const { problems, results } = await sum([large(1), large(2)])
  expect(problems).toEqual([
    expect.stringMatching(/^2: The counts of a\.ts, line 1 add up to more than 2\^53 - 1/),
  ])
  expect(results.sources()[0]?.counts[0]).toBe(LARGE)
})

test('a source whose text differs is named, and the counts of each text are kept apart', async () => {
  const one = input('one', counts({ runs: [run(1)], data: oneSource('a.ts', 'h1', 5) }))
  const two = input('two', counts({ runs: [run(2)], data: oneSource('a.ts', 'h2', 7) }))
  const { problems, results } = await sum([one, two])
  expect(problems).toEqual([
    'a.ts is not the same text everywhere: h1 in one, h2 in two. The counts of each text are kept apart.',
  ])
  expect(results.versions()).toHaveLength(2)
})

test('of many sources that differ, ten are named', async () => {
  const many = (hash: string) => ({
    sources: Array.from({ length: 15 }, (_, i) => oneSource(`${i}.ts`, hash, 1).sources ?? []).flatMap(
      (list) => [...list],
    ),
  })
  const inputs = ['h1', 'h2'].map((hash, i) => input(hash, counts({ runs: [run(i)], data: many(hash) })))
  const { problems } = await sum(inputs)
  expect(problems).toHaveLength(11)
  expect(problems[10]).toBe('5 more sources differ between the files.')
})

test('a strict merge writes nothing when anything is wrong, and leaves the file as it was', async () => {
  const inputs = [input('1', counts({ runs: [run(1, { shard: '1/2' })], data: oneSource('a.ts', 'h', 5) }))]
  const file = join(folder, 'strict.counts')
  const options = { project: '', output: () => new MergedFile(file), strict: true }
  await expect(mergeCounts(inputs, options)).rejects.toMatchObject({
    code: 'TST_COUNTS_UNSOUND',
    message: 'Nothing was written, since not all is sound.\nShard 2/2 of the vitest run ci 7 is missing.',
  })
  expect(readdirSync(folder).filter((name) => name.includes('strict') || name.endsWith('.tmp'))).toEqual([])
})

test('merging in steps over several folders loses no shard, and still knows which one is missing', async () => {
  const shard = (number: number, name: string, base: string) => {
    const runs = [run(number, { shard: name, base })]
    return input(`${base} ${name}`, counts({ base, runs, data: oneSource('x.ts', 'h', number) }))
  }
  const [a1, a2] = [shard(1, '1/2', 'a'), shard(2, '2/2', 'a')]
  const [b1, b2] = [shard(3, '1/2', 'b'), shard(4, '2/2', 'b')]
  const step = async (...inputs: CountsInput[]) => inputOf('step', Buffer.from((await merge(inputs)).text))
  const mixed = [await step(a1, b2), { ...(await step(a2, b1)), name: 'other step' }]
  const { problems, text } = await merge(mixed)
  expect(problems).toEqual([])
  expect(text).toBe((await merge([a1, a2, b1, b2])).text)
  expect((await merge([await step(a1, a2, b1)])).problems).toEqual([
    'Shard 2/2 of the vitest run ci 7 in b is missing.',
  ])
})

test('a file to which a run is added while it is read is left out', async () => {
  const before = bytesOf(counts({ runs: [run(1)], data: oneSource('a.ts', 'h', 5) }))
  const after = bytesOf(counts({ runs: [run(1), run(2)], data: oneSource('a.ts', 'h', 7) }))
  let readings = 0
  const growing: CountsInput = {
    name: 'growing',
    async *pieces() {
      yield readings++ === 0 ? before : after
    },
  }
  const other = input('other', counts({ runs: [run(3)], data: oneSource('a.ts', 'h', 1) }))
  const { problems, results } = await sum([growing, other])
  expect(problems).toEqual([
    'growing was changed while it was read. Merge again when no run adds to it. It is left out. [TST_COUNTS_CHANGED]',
  ])
  expect(results.lineCounts('a.ts').get(1)).toBe(2)
})

test('what a run adds to the sum while it is made is not replaced', async () => {
  const file = join(folder, 'busy.counts')
  const slow: CountsInput = {
    name: 'slow',
    async *pieces() {
      yield bytesOf(counts({ runs: [run(1)], data: oneSource('a.ts', 'h', 5) }))
      writeFileSync(file, 'added meanwhile')
    },
  }
  const merging = mergeCounts([slow], { project: '', output: () => new MergedFile(file) })
  await expect(merging).rejects.toMatchObject({ code: 'TST_COUNTS_CHANGED' })
  expect(readFileSync(file, 'utf8')).toBe('added meanwhile')
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp') || name.endsWith('.lock'))).toEqual([])
})

test('labels beyond the letters of ASCII are written in the order in which they are read', async () => {
  const labels = ['k=\uff21', 'k=\u{1f600}']
  const parts = labels.map((label, i) =>
    input(label, counts({ runs: [run(i, { label })], data: oneSource('a.ts', 'h', i + 1) })),
  )
  const { counted } = readCounts([Buffer.from((await merge(parts)).text)], 'sum')
  expect([...counted.keys()]).toEqual(labels)
})
