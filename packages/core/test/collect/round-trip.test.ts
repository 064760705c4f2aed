import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as zlib from 'node:zlib'
import { CoverageResults, type KnownTable, type SiteTable } from '@tstrace/results'
import {
  accumulate,
  labelText,
  MergedFile,
  mergeCounts,
  mergedResults,
  piecesOf,
  readCountsFile,
  writeCountsFile,
} from '@tstrace/results/counts-file'
import { printable } from '@tstrace/results/printable'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { isLabel } from '../../../results/src/counts-file/run-record.ts'
import { run } from '../../../results/test/counts-file/counts-files.ts'
import { joined } from '../../../results/test/joined.ts'
import { Collector } from '../../src/collect/collector.ts'
import type { CountedEdge, CountedSource } from '../../src/collect/counted.ts'
import { encodeFrame } from '../../src/collect/frame.ts'
import { resultsFile } from '../../src/report/results-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'round-trip-'))
afterAll(() => rmSync(folder, { recursive: true }))

const NAMES = ['a.counts', 'a.counts.gz', ...('zstdCompressSync' in zlib ? ['a.counts.zst'] : [])]
const MAX = Number.MAX_SAFE_INTEGER

/** Any UTF-16, halves of characters too. */
const text = fc.array(fc.nat(0xffff), { maxLength: 6 }).map((units) => String.fromCharCode(...units))
const part = fc.oneof(
  fc.constantFrom(
    'a.ts',
    'src',
    '..',
    '.',
    '',
    'C:',
    '\\b.js',
    'a\\..\\b.js',
    'ä\n.js',
    '\u{1f600}',
    '__proto__',
    '\u202e',
  ),
  text,
)
const path = fc.array(part, { maxLength: 4 }).map((parts) => parts.join('/'))
const name = fc.oneof(fc.constantFrom('<module>', 'f', '__proto__', 'it("a\tb\n")', '<event loop>'), text)
const count = fc.oneof({ weight: 6, arbitrary: fc.nat(9) }, fc.constantFrom(MAX, MAX - 1, MAX + 1, MAX + 3))
const counter = fc.oneof({ weight: 30, arbitrary: count }, fc.constant(Number.POSITIVE_INFINITY))
const place = fc.record({ line: fc.integer({ min: 1, max: 3 }), column: fc.nat(99) })

function tableOf(counters: number): fc.Arbitrary<SiteTable> {
  const one = fc.nat(counters - 1)
  return fc.record({
    counters: fc.constant(counters),
    lines: fc.array(
      fc
        .record({
          place,
          counters: fc.array(one, { minLength: 1, maxLength: 2 }),
          rule: fc.constantFrom('a', 'b'),
        })
        .map(({ place, ...site }) => ({ ...place, ...site })),
      { maxLength: 4 },
    ),
    functions: fc.array(
      fc
        .record({ place, name, end: place, counter: one })
        .map(({ place, ...site }) => ({ ...place, ...site })),
      { minLength: 1, maxLength: 3 },
    ),
    branches: fc.constant([]),
  })
}

interface Source {
  readonly counted: CountedSource
  readonly table: KnownTable
}

const sources: fc.Arbitrary<Source[]> = fc.uniqueArray(
  fc.integer({ min: 1, max: 4 }).chain((counters) =>
    fc.record({
      counted: fc.record({
        id: fc.nat().map((number) => `id-${number}`),
        path,
        counts: fc
          .array(counter, { minLength: counters, maxLength: counters })
          .map((all) => Float64Array.from(all)),
      }),
      table: fc.record({ hash: fc.constantFrom('h1', 'h2'), sites: tableOf(counters) }),
    }),
  ),
  { maxLength: 6, selector: ({ counted }) => counted.id },
)

/** What workers can leave: each source is once or twice in it. */
const left = sources.chain((all) => {
  const id = fc.constantFrom('', ...all.map(({ counted }) => counted.id))
  const edge: fc.Arbitrary<CountedEdge> = fc
    .record({
      callerId: id,
      callerFunction: fc.nat(2),
      calleeId: id,
      calleeFunction: fc.nat(2),
      calls: count,
      resumptions: count,
    })
    .filter(({ calleeId }) => calleeId !== '')
  const edges = all.length === 0 ? fc.constant<CountedEdge[]>([]) : fc.array(edge, { maxLength: 8 })
  return fc.record({ all: fc.constant(all), again: fc.subarray(all), edges })
})

function collected({ again, all, edges }: { all: Source[]; again: Source[]; edges: CountedEdge[] }) {
  const label = { testFile: 'a.test.js', project: '' }
  const tables = new Map(all.map(({ counted, table }) => [counted.id, table]))
  const collector = new Collector()
  for (const sources of [all, again])
    collector.add(encodeFrame({ sources: sources.map(({ counted }) => counted), edges }, label), 'worker')
  return collector.finish(({ id }) => tables.get(id))
}

/** The results, their order in memory aside. */
function told(results: CoverageResults | undefined): string {
  return JSON.stringify(results ?? new CoverageResults())
}

test('whatever a run can contain is written and read in every format, or its source is named', async () => {
  const property = fc.asyncProperty(left, fc.constantFrom(...NAMES), async (given, fileName) => {
    const { problems, results } = collected(given)
    const there = new Set(results.sources().map((source) => source.path))
    for (const { counted } of given.all)
      if (!there.has(counted.path))
        expect(
          problems.some((said) => said.includes(printable(JSON.stringify(counted.path).slice(1, -1)))),
        ).toBe(true)

    const file = join(folder, fileName)
    const data = { head: { project: 'demo', base: '', runs: [run(1)] }, counted: new Map([['', results]]) }
    expect(writeCountsFile(file, data)).toEqual([])
    expect(told(readCountsFile(file).counted.get(''))).toBe(told(results))
    const input = { name: file, pieces: () => piecesOf(file) }
    const merged = await mergedResults([input], { project: '' })
    expect(told(merged.counted.get(''))).toBe(told(results))
    const sum = join(folder, `sum.${fileName}`)
    expect(await mergeCounts([input], { project: '', output: () => new MergedFile(sum) })).toEqual([])
    expect(told(readCountsFile(sum).counted.get(''))).toBe(told(results))

    const json = CoverageResults.fromJSON(joined(resultsFile(results)), { allowOutside: true })
    expect(told(json)).toBe(told(results))
    addsOrRefuses(file, results)
  })
  await fc.assert(property, { numRuns: 100 })
}, 60_000)

/** Adds the same once more: the file has the sum then, or is as it was, and the source is named. */
function addsOrRefuses(file: string, results: CoverageResults): void {
  const before = readFileSync(file)
  const twice = new CoverageResults()
  let isExact = true
  try {
    for (let time = 0; time < 2; time++) twice.update(results)
  } catch {
    isExact = false
  }
  const add = () => accumulate({ project: { project: 'demo', base: '' }, run: run(2), results }, file)
  if (!isExact) {
    expect(add).toThrow(expect.objectContaining({ code: 'TST_COUNTS_TOO_LARGE' }))
    expect(readFileSync(file).equals(before)).toBe(true)
    return
  }
  expect(add().leftOut).toEqual([])
  expect(told(readCountsFile(file).counted.get(''))).toBe(told(twice))
}

test('whatever a run can say of itself is written and read, or refused before anything is written', () => {
  const record = fc.record({
    base: fc.oneof(path, fc.constantFrom('a/b', '')),
    run: text,
    losses: text,
    label: fc.array(text),
  })
  const property = fc.property(record, text, ({ base, label, losses, run: ci }, project) => {
    const file = join(folder, 'run.counts')
    rmSync(file, { force: true })
    const labels = label.map((value, i) => `k${i}=${value}`)
    let made: string | undefined
    try {
      made = labelText(labels)
    } catch (error) {
      expect(error).toMatchObject({ code: 'TST_LABEL' })
    }
    expect(isLabel(made ?? '')).toBe(true)
    const one = run(1, { base, label: made ?? '', losses, run: ci })
    const data = { head: { project, base, runs: [one] }, counted: new Map() }
    try {
      writeCountsFile(file, data)
    } catch (error) {
      expect(error).toMatchObject({ code: 'TST_COUNTS_RUN' })
      expect(() => readFileSync(file)).toThrow('ENOENT')
      return
    }
    expect(readCountsFile(file).head).toEqual({ ...data.head, contexts: [] })
  })
  fc.assert(property, { numRuns: 300 })
})

test('a file with as many runs as can be read is added to no more, and stays as it is', () => {
  const file = join(folder, 'many.counts')
  const runs = Array.from({ length: 100_000 }, (_, i) => run(i))
  writeCountsFile(file, { head: { project: 'demo', base: '', runs }, counted: new Map() })
  const before = readFileSync(file)
  const added = { project: { project: 'demo', base: '' }, run: run(100_000), results: new CoverageResults() }
  expect(() => accumulate(added, file)).toThrow(
    expect.objectContaining({
      code: 'TST_COUNTS_TOO_LARGE',
      message: expect.stringContaining('100001 runs'),
    }),
  )
  expect(readFileSync(file).equals(before)).toBe(true)
})
