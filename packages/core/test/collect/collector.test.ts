import { instrument } from '@tstrace/instrument'
import type { KnownTable } from '@tstrace/results'
import { expect, test } from 'vitest'
import { Collector } from '../../src/collect/collector.ts'
import type { Counted, CountedEdge } from '../../src/collect/counted.ts'
import { encodeFrame } from '../../src/collect/frame.ts'

const made = instrument('function f() {}\nf()\n', { file: 'a.js', calls: true })
if (!made) throw new Error('nothing runs')
const { hash, id, sites } = made
const known = (source: { id: string }): KnownTable | undefined =>
  source.id === id ? { hash, sites } : undefined
const label = { testFile: 'a.test.js', project: '' }
const edge: CountedEdge = {
  callerId: id,
  callerFunction: 0,
  calleeId: id,
  calleeFunction: 1,
  calls: 2,
  resumptions: 3,
}
const counted = (...counts: number[]): Counted => ({
  sources: [{ id, path: 'a.js', counts: Float64Array.from(counts) }],
  edges: [edge, { ...edge, callerId: '', calleeFunction: 0, calls: 1, resumptions: 0 }],
})

test('a table that came once is enough, in whatever order files are taken, and after a new beginning', () => {
  const table = JSON.stringify({ hash: 'carried', sites })
  const [source] = counted(1, 2).sources
  if (!source) throw new Error('no source')
  const sent = {}
  const frames = [1, 2].map(() => encodeFrame({ sources: [{ ...source, table }], edges: [] }, label, sent))
  expect(sent).toEqual({ [id]: true })
  const [first, second] = frames as [Uint8Array, Uint8Array]
  expect(first.length - second.length).toBe(JSON.stringify(table).length + 1)
  const collector = new Collector()
  collector.add(second, 'worker 1')
  collector.add(first, 'worker 2')
  const foundBy = () => collector.finish(() => undefined)
  expect(foundBy().problems).toEqual([])
  expect(foundBy().results.sources()).toMatchObject([{ hash: 'carried', counts: Float64Array.of(2, 4) }])
  collector.clear()
  expect(foundBy().results.sources()).toEqual([])
  collector.add(second, 'worker 1')
  expect(foundBy().results.sources()).toMatchObject([{ hash: 'carried', counts: Float64Array.of(1, 2) }])
})

test('adds counts and edges of all workers', () => {
  const collector = new Collector()
  collector.add(encodeFrame(counted(1, 2), label), 'worker 1')
  collector.add(encodeFrame(counted(10, 20), label), 'worker 2')
  collector.addCounted(counted(100, 200))
  const { problems, results } = collector.finish(known)
  expect(problems).toEqual([])
  expect(results.sources()[0]?.counts).toEqual(Float64Array.of(111, 222))
  expect(results.edges()).toEqual([
    {
      caller: { path: '', name: '<event loop>' },
      callee: { path: 'a.js', name: '<module>' },
      calls: 3,
      resumptions: 0,
    },
    {
      caller: { path: 'a.js', name: '<module>' },
      callee: { path: 'a.js', name: 'f' },
      calls: 6,
      resumptions: 9,
    },
  ])
})

test('can be asked again after more was added, and keeps nothing that it was given', () => {
  const collector = new Collector()
  const mine = counted(1, 1)
  collector.addCounted(mine)
  expect(collector.finish(known).results.sources()[0]?.counts[0]).toBe(1)
  mine.sources[0]?.counts.fill(50)
  collector.addCounted(counted(1, 1))
  expect(collector.finish(known).results.sources()[0]?.counts[0]).toBe(2)
})

test('names a source whose text is not known any more, and leaves its edges out', () => {
  const collector = new Collector()
  collector.addCounted(counted(1, 2))
  const { problems, results } = collector.finish(() => undefined)
  expect(problems).toEqual([expect.stringMatching(/^a\.js is not the text that ran any more/)])
  expect(results.sources()).toEqual([])
  expect(results.edges()).toEqual([])
})

test('says of a source that was deleted that it was', () => {
  const collector = new Collector()
  collector.addCounted(counted(1, 2))
  const { problems, results } = collector.finish(() => 'deleted')
  expect(problems).toEqual([
    'a.js was deleted before the report was made, so its counts are left out: nothing says any more which lines they are of. ' +
      'Leave out what is made and deleted by the run with `ignoreDir` or `--ignore-dir`.',
  ])
  expect(results.sources()).toEqual([])
})

test('names a source whose table does not fit', () => {
  const collector = new Collector()
  collector.addCounted(counted(1, 2, 3))
  expect(collector.finish(known).problems).toHaveLength(1)
})

test('uses the table that a source carries', () => {
  const collector = new Collector()
  const [source] = counted(1, 2).sources
  if (!source) throw new Error('no source')
  collector.addCounted({
    sources: [{ ...source, table: JSON.stringify({ hash: 'carried', sites }) }],
    edges: [],
  })
  const { problems, results } = collector.finish(() => undefined)
  expect(problems).toEqual([])
  expect(results.versions()).toEqual([{ path: 'a.js', hash: 'carried' }])
})

test('a carried table that cannot be read is a problem, not an exception', () => {
  const collector = new Collector()
  const [source] = counted(1, 2).sources
  if (!source) throw new Error('no source')
  collector.addCounted({ sources: [{ ...source, table: '{' }], edges: [] })
  expect(collector.finish(known).problems).toEqual([expect.stringContaining('a.js')])
})

test('a carried table that no file can hold is a problem, too', () => {
  const [source] = counted(1, 2).sources
  if (!source) throw new Error('no source')
  const line = { line: 0, column: 0, counters: [9], rule: 'statement' }
  for (const table of [
    { hash: '../x', sites },
    { hash, sites: { ...sites, lines: [line] } },
  ]) {
    const collector = new Collector()
    collector.addCounted({ sources: [{ ...source, table: JSON.stringify(table) }], edges: [] })
    const { problems, results } = collector.finish(known)
    expect(problems).toEqual([expect.stringContaining('a.js is not the text that ran')])
    expect(results.sources()).toEqual([])
  }
})

test('what is more than exact, or has a name that no file can hold, costs that source only', () => {
  const other = instrument('let x\nx = 1\n', { file: 'C:/b.js' })
  if (!other) throw new Error('nothing runs')
  const collector = new Collector()
  collector.addCounted(counted(2 ** 53, 1))
  collector.addCounted({
    sources: [{ id: 'b', path: 'C:/b.js', counts: new Float64Array(other.sites.counters) }],
    edges: [],
  })
  collector.addCounted({
    sources: [{ id: 'c', path: 'c.js', counts: new Float64Array(other.sites.counters).fill(7) }],
    edges: [],
  })
  const { problems, results } = collector.finish((source) => known(source) ?? other)
  expect(problems).toEqual([
    expect.stringMatching(
      /^The counts of a\.js, line \d add up to more than 2\^53 - 1.*\[TST_COUNTS_TOO_LARGE\]$/,
    ),
    expect.stringMatching(
      /^Results cannot name the source "C:\/b\.js": the path is absolute.*\[TST_RESULTS_PATH\]$/,
    ),
  ])
  expect(results.sources().map(({ path }) => path)).toEqual(['c.js'])
  expect(results.edges()).toEqual([])
})

test('says how much of a worker is missing, and keeps the rest', () => {
  const collector = new Collector()
  const whole = encodeFrame(counted(1, 2), label)
  collector.add(Uint8Array.from([...whole, ...whole.subarray(0, 20)]), 'worker 7')
  const { problems, results } = collector.finish(known)
  expect(problems).toEqual([expect.stringMatching(/^The last 20 bytes from worker 7 are not complete/)])
  expect(results.sources()[0]?.counts).toEqual(Float64Array.of(1, 2))
})

test('two texts of one path are kept apart', () => {
  const other = instrument('function f() {}\nf() // changed\n', { file: 'a.js', calls: true })
  if (!other) throw new Error('nothing runs')
  const collector = new Collector()
  collector.addCounted(counted(1, 2))
  collector.addCounted({
    sources: [{ id: other.id, path: 'a.js', counts: Float64Array.of(5, 5) }],
    edges: [],
  })
  const { results } = collector.finish((source) => (source.id === other.id ? other : known(source)))
  expect(results.versions().map((version) => version.hash)).toEqual([hash, other.hash].sort())
})
