import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { writeCountsFile } from '../../src/counts-file/accumulate.ts'
import { readRecording } from '../../src/counts-file/read-recording.ts'
import { packText } from '../../src/counts-file/recorded-texts.ts'
import { CoverageResults } from '../../src/results/coverage-results.ts'
import { textHash } from '../../src/text-hash.ts'
import { allOf, arbitraryCounted, resultsOf } from '../results/arbitrary-contexts.ts'
import { tableNumber } from '../results/arbitrary-results.ts'
import { bytesOf, run, withTrailer } from './counts-files.ts'

const root = mkdtempSync(join(tmpdir(), 'recording-'))
afterAll(() => rmSync(root, { recursive: true }))
mkdirSync(join(root, 'packages/a'), { recursive: true })
writeFileSync(join(root, 'package.json'), '{"name":"demo","workspaces":["packages/*"]}')
const file = join(root, 'recording.counts')

function write(results: CoverageResults, { base = '', label = '', project = 'demo' } = {}): void {
  const head = { project, base, runs: [run(1, { base, label })] }
  writeCountsFile(file, { head, counted: new Map([[label, results]]) })
}

test('what is wanted of a recording is what is there, whatever part of it is read', () => {
  const same = fc.property(arbitraryCounted, fc.constantFrom('', 'packages/a'), (counted, base) => {
    const whole = resultsOf(counted)
    write(whole, { base })
    const recording = readRecording(file, { root: join(root, base) })
    expect(allOf(recording.results())).toEqual(allOf(whole))
    expect(recording.contexts()).toEqual(whole.contexts())
    expect(recording.versions()).toEqual(whole.versions())
    for (const path of whole.paths()) {
      const part = recording.results({ path: (other) => other === path })
      const of = (results: CoverageResults): unknown => [
        results.sources().filter((source) => source.path === path),
        results.edges().filter(({ callee }) => callee.path === path),
      ]
      expect(of(part)).toEqual(of(whole))
      expect(part.paths().size).toBeLessThanOrEqual(whole.paths().size)
      for (const context of whole.contexts()) expect(of(part.of(context))).toEqual(of(whole.of(context)))
    }
    for (const context of whole.contexts()) {
      const part = recording.results({ contexts: [context] })
      expect(part.of(context).toJSON()).toEqual(whole.of(context).toJSON())
      expect(part.contexts()).toEqual(whole.contexts())
    }
    expect(recording.results({ calls: false }).edges()).toEqual([])
    expect(recording.results({ sources: false }).sources()).toEqual([])
    expect(recording.results({ sources: false }).edges()).toEqual(whole.edges())
  })
  fc.assert(same, { numRuns: 60 })
})

test('of what is not wanted nothing is read', () => {
  const results = new CoverageResults()
  const [one, other] = ['one', 'other'].map((name) => ({ kind: 'named', name }) as const)
  const counts = Float64Array.of(1, 2, 3)
  results.addSource({ path: 'a.ts', hash: 'h', sites: tableNumber(0), counts }, one)
  results.addSource({ path: 'b.ts', hash: 'h', sites: tableNumber(0), counts }, other)
  write(results)
  const recording = readRecording(file, { root })
  const paths = (part: CoverageResults): string[] => part.sources().map(({ path }) => path)
  expect(paths(recording.results({ path: (path) => path === 'b.ts' }))).toEqual(['b.ts'])
  expect(paths(recording.results({ contexts: one ? [one] : [] }))).toEqual(['a.ts'])
})

test('paths start at the folder that one asks in', () => {
  const results = new CoverageResults()
  const text = 'a\n'
  const context = { kind: 'import', project: '', file: 'a.test.ts' } as const
  const hash = textHash(text)
  results.addSource({ path: 'a.ts', hash, sites: tableNumber(0), counts: Float64Array.of(1, 2, 3) }, context)
  const head = { project: 'demo', base: 'packages/a', runs: [run(1, { base: 'packages/a' })] }
  writeCountsFile(file, { head, counted: new Map([['', results]]), textOf: () => packText(text) })
  const recording = readRecording(file, { root })
  const moved = { ...context, file: 'packages/a/a.test.ts' }
  expect(recording.versions()).toEqual([{ path: 'packages/a/a.ts', hash }])
  expect(recording.contexts()).toEqual([moved])
  expect(
    recording
      .results({ contexts: [moved], path: (path) => path === 'packages/a/a.ts' })
      .testsOf('packages/a/a.ts', 1),
  ).toEqual([{ context: moved, count: 5 }])
  expect(recording.text({ path: 'packages/a/a.ts', hash })).toBe(text)
  expect(recording.text({ path: 'a.ts', hash })).toBeUndefined()
  expect(readRecording(file, { root: join(root, 'packages/a') }).text({ path: 'a.ts', hash })).toBe(text)
})

test('one label is asked for as all are', () => {
  const results = (count: number): CoverageResults =>
    new CoverageResults({
      sources: [{ path: 'a.ts', hash: 'h', sites: tableNumber(0), counts: Float64Array.of(count, 0, 0) }],
    })
  const runs = ['os=linux', 'os=mac'].map((label, i) => run(i, { label }))
  const counted = new Map(runs.map(({ label }, i) => [label, results(i + 1)]))
  writeCountsFile(file, { head: { project: 'demo', base: '', runs }, counted })
  const first = (labels: readonly string[]): unknown =>
    readRecording(file, { root, labels }).results().sources()[0]?.counts[0]
  expect([first([]), first(['os=linux']), first(['os=mac'])]).toEqual([3, 1, 2])
  const mac = readRecording(file, { root, labels: ['os=mac'] })
  expect(mac.runs).toEqual([runs[1]])
  expect(mac.labels).toEqual(['os=linux', 'os=mac'])
  expect(() => first(['os=hurd'])).toThrow(
    expect.objectContaining({
      code: 'TST_LABEL',
      message: expect.stringMatching(
        /has the label os=hurd\. There are: os=linux; os=mac\. Leave the labels out/,
      ),
    }),
  )
})

test.each([
  [
    'a recording that is not there',
    undefined,
    'TST_CANNOT_READ',
    /it is not there \(ENOENT\)\. .*--reporter=tstrace/,
  ],
  ['an empty one', '', 'TST_COUNTS_FOREIGN', /is not a tstrace counts file/],
  [
    'one that is cut off',
    'cut',
    'TST_COUNTS_DAMAGED',
    /is cut off: its last line is missing\. .* make it again/,
  ],
  [
    'one of another project',
    'other',
    'TST_COUNTS_PROJECT',
    /is of the project other, not of that in .*\. Ask in the folder/,
  ],
  [
    'one of a later version',
    'later',
    'TST_COUNTS_NEWER',
    /has version 3 of the counts format.*Read it with the tstrace/,
  ],
])('%s is one sentence, with the way out', (_, what, code, said) => {
  rmSync(file, { force: true })
  write(new CoverageResults(), { project: what === 'other' ? 'other' : 'demo' })
  const bytes = bytesOf({ head: { project: 'demo', base: '', runs: [run(1)] }, counted: new Map() })
  if (what === 'cut') writeFileSync(file, bytes.subarray(0, -20))
  if (what === '') writeFileSync(file, '')
  if (what === 'later') writeFileSync(file, withTrailer(['tstrace-counts\t3\t{}']))
  if (what === undefined) rmSync(file)
  let error: unknown
  try {
    readRecording(file, { root }).results()
  } catch (thrown) {
    error = thrown
  }
  expect(error).toMatchObject({ code, message: expect.stringMatching(said) })
  expect((error as Error).message).not.toContain('\n')
})
