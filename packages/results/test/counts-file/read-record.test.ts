import { expect, test } from 'vitest'
import { type Fields, LineFields } from '../../src/counts-file/counts-fields.ts'
import { CountsLines, type PathCounts } from '../../src/counts-file/counts-lines.ts'
import type { RawRecord } from '../../src/counts-file/raw-record.ts'
import { CallsReader, RecordReader } from '../../src/counts-file/read-record.ts'
import { Damage } from '../../src/results/damage.ts'
import type { SourceCounts } from '../../src/results/results-data.ts'

const NO_SITES = '{"rules":[],"lines":[],"functions":[],"branches":[]}'

/** As those of a line. */
function fieldsFrom(...texts: readonly string[]): Fields {
  return new LineFields(Buffer.from(texts.join('\t')))
}

function source(hash: string, counts = '[]', sites = NO_SITES): RawRecord {
  return {
    line: 7,
    kind: 'source',
    path: 'a',
    label: '',
    fields: fieldsFrom(hash, counts, sites),
  }
}

function calls(rows: unknown): RawRecord {
  return { line: 7, kind: 'calls', path: 'a', label: '', fields: fieldsFrom(JSON.stringify(rows)) }
}

test.each([
  ['[]', []],
  ['[0]', [0]],
  ['[10,0,9007199254740991]', [10, 0, Number.MAX_SAFE_INTEGER]],
  ['[999999999,1000000000,2147483648,4294967297]', [999_999_999, 1e9, 2 ** 31, 2 ** 32 + 1]],
])('%s are counts', (text, counts) => {
  expect([...new RecordReader().source(source('abc', text)).counts]).toEqual(counts)
})

test.each([
  '',
  '1',
  '[',
  ']',
  '[,]',
  '[1,]',
  '[,1]',
  '[1',
  '1]',
  '[-1]',
  '[1.5]',
  '[1e3]',
  '[01]',
  '[9007199254740992]',
  '[18446744073709551617]',
  '[0000000000001]',
  '[00]',
  '[ 1]',
  '[1]]',
])('%s are none', (text) => expect(() => new RecordReader().source(source('abc', text))).toThrow(Damage))

test('as many counters as a source can have are read, and no more', () => {
  const most = 2 ** 22
  const text = (length: number): string => `[${'0,'.repeat(length - 1)}0]`
  expect(new RecordReader().source(source('abc', text(most))).counts).toHaveLength(most)
  expect(() => new RecordReader().source(source('abc', text(most + 1)))).toThrow(
    'line 7 has more than 4194304 counts',
  )
})

test('as many versions of a source as there can be are read, and no more, however they differ', () => {
  for (const versionOf of [
    (i: number) => source(`hash${i}`),
    (i: number) => source('hash', '[]', NO_SITES.replace('[]', `["${i}"]`)),
  ]) {
    const reader = new RecordReader()
    for (let i = 0; i < 5000; i++) reader.source(versionOf(i))
    reader.source(versionOf(7))
    expect(() => reader.source(versionOf(5000))).toThrow('line 7 counts one path in more than 5000 versions')
  }
})

/** What is written of a path, and what is said of the rest. */
function written(part: Partial<PathCounts>): { lines: string[]; leftOut: readonly string[] } {
  const lines = new CountsLines()
  const pieces = [...lines.records({ path: 'a', label: '', sources: [], edges: [], ...part }), lines.end()]
  return { lines: pieces.join('').split('\n').slice(0, -2), leftOut: lines.leftOut }
}

function versions(length: number, counters = 0): SourceCounts[] {
  const sites = { counters, lines: [], functions: [], branches: [] }
  const counts = new Float64Array(counters)
  return Array.from({ length }, (_, i) => ({ path: 'a', hash: `h${i}`, sites, counts }))
}

test('versions that cannot be read are not written, and those that came last are named', () => {
  const { leftOut, lines } = written({ sources: versions(1001) })
  expect(lines).toHaveLength(1000)
  expect(leftOut).toEqual([
    'The text h1000 of a cannot be in a counts file, and is left out there: it was counted in more than 1000 versions. Start ' +
      'with a new file.',
  ])
  expect(lines.join('\n')).not.toContain('\th1000\t')
})

test('a source that is too large is left out, and nothing else', () => {
  const small = versions(1)[0] as SourceCounts
  const many = { ...(versions(1, 2 ** 22 + 1)[0] as SourceCounts), hash: 'many' }
  const name = 'f'.repeat(2 ** 26)
  const place = { name, line: 1, column: 0, end: { line: 1, column: 1 }, counter: 0 }
  const long = {
    ...many,
    hash: 'long',
    sites: { ...small.sites, functions: [place] },
    counts: new Float64Array(),
  }
  const { leftOut, lines } = written({ sources: [many, small, long] })
  expect(lines).toEqual([`source\t"a"\t""\th0\t[]\t${NO_SITES}`])
  expect(leftOut).toEqual([
    expect.stringMatching(/^a cannot be in a counts file, .*: it has more than 4194304 counters\./),
    expect.stringMatching(
      /^a cannot be in a counts file, .*: its line would be longer than 67108864 bytes\./,
    ),
  ])
})

test('many calls of one path are in several lines, and their rows in order over all of them', () => {
  const caller = { path: 'b', name: 'g'.repeat(2000) }
  const edges = Array.from({ length: 2000 }, (_, i) => ({
    caller,
    callee: { path: 'a', name: `f${String(i).padStart(4, '0')}` },
    calls: i,
    resumptions: 0,
  }))
  const { lines } = written({ edges })
  expect(lines.length).toBeGreaterThan(2)
  const records = lines.map((line) => calls(JSON.parse(line.split('\t')[3] as string)))
  const reader = new CallsReader()
  expect(records.flatMap((record) => reader.edges(record))).toEqual(edges)
  const [first, second] = records as [RawRecord, RawRecord]
  for (const order of [
    [first, first],
    [second, first],
  ]) {
    const again = new CallsReader()
    expect(() => order.map((record) => again.edges(record))).toThrow(
      'has calls that are not sorted, or twice the same',
    )
  }
})

test.each([
  [[['f', '', '<event loop>', 1]]],
  [[['f', '', 'g', 1, 0]]],
  [[['f', '../../../etc/../passwd', 'g', 1, 0]]],
  [[['f', 'a', 'g', -1, 0]]],
  [[['f', 'a', 'g', 1, 2 ** 53]]],
  [[['f', 'a', 7, 1, 0]]],
  [[{ 0: 'f', length: 5 }]],
  [{}],
])('%j are no calls', (rows) => {
  expect(() => new CallsReader().edges(calls(rows))).toThrow(Damage)
})
