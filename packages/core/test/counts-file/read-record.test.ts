import { expect, test } from 'vitest'
import { CountsLines } from '../../src/counts-file/counts-lines.ts'
import type { RawRecord } from '../../src/counts-file/raw-record.ts'
import { RecordReader, readEdges } from '../../src/counts-file/read-record.ts'
import { Damage } from '../../src/results/damage.ts'

const NO_SITES = '{"rules":[],"lines":[],"functions":[],"branches":[]}'

function source(hash: string, counts = '[]', sites = NO_SITES): RawRecord {
  return {
    line: 7,
    kind: 'source',
    path: 'a',
    label: '',
    fields: [hash, counts, sites].map((text) => Buffer.from(text)),
  }
}

function calls(rows: unknown): RawRecord {
  return { line: 7, kind: 'calls', path: 'a', label: '', fields: [Buffer.from(JSON.stringify(rows))] }
}

test.each([
  ['[]', []],
  ['[0]', [0]],
  ['[10,0,9007199254740991]', [10, 0, Number.MAX_SAFE_INTEGER]],
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

test('more versions than can be read are not written', () => {
  const sites = { counters: 0, lines: [], functions: [], branches: [] }
  const sources = Array.from({ length: 1001 }, (_, i) => ({
    path: 'a',
    hash: `h${i}`,
    sites,
    counts: new Float64Array(),
  }))
  const part = { path: 'a', label: '', edges: [] }
  expect(new CountsLines().records({ ...part, sources: sources.slice(1) }).split('\n')).toHaveLength(1001)
  expect(() => new CountsLines().records({ ...part, sources })).toThrow(
    expect.objectContaining({ code: 'TST_COUNTS_TOO_LARGE' }),
  )
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
  expect(() => readEdges(calls(rows))).toThrow(Damage)
})
