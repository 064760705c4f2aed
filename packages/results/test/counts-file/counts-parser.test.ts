import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { CountsParser } from '../../src/counts-file/counts-parser.ts'
import { compareRecords, type RawRecord } from '../../src/counts-file/raw-record.ts'
import { bytesOf, counts, run } from './counts-files.ts'

const HEADER = 'tstrace-counts\t1\t{"project":"demo","base":""}'
const RUN = `run\t${JSON.stringify(run(1))}`

function source(path: string, hash = 'abc', label = ''): string {
  return `source\t${JSON.stringify(path)}\t${JSON.stringify(label)}\t${hash}\t[]\t{}`
}

/** With a last line that fits. */
function text(...lines: readonly string[]): string {
  const body = lines.map((line) => `${line}\n`).join('')
  return `${body}end\t${lines.length}\t${createHash('sha256').update(body).digest('hex')}\n`
}

function parse(whole: string | Uint8Array, piece = 2 ** 20): RawRecord[] {
  const parser = new CountsParser('a.counts')
  const bytes = Buffer.from(whole as Uint8Array)
  const records: RawRecord[] = []
  for (let start = 0; start < bytes.length; start += piece)
    records.push(...parser.push(bytes.subarray(start, start + piece)))
  parser.end()
  return records
}

function expectRefusal(action: () => unknown, said: string, code = 'TST_COUNTS_DAMAGED'): void {
  expect(action).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(`a.counts ${said}`) }),
  )
}

test('pieces of any size give the same records', () => {
  const bytes = text(HEADER, RUN, source('a'), source('b', 'abc'), source('b', 'abd'), 'calls\t"b"\t""\t[]')
  const whole = parse(bytes)
  expect(whole.map(({ fields, kind, line, path }) => [line, kind, path, fields.length])).toEqual([
    [3, 'source', 'a', 3],
    [4, 'source', 'b', 3],
    [5, 'source', 'b', 3],
    [6, 'calls', 'b', 1],
  ])
  for (const piece of [1, 2, 7, 64, 200]) expect(parse(bytes, piece)).toEqual(whole)
})

test('the head is there with the first record, or at the end', () => {
  const parser = new CountsParser('a.counts')
  parser.push(Buffer.from(`${HEADER}\n${RUN}\n`))
  expect(parser.head).toBeUndefined()
  parser.push(Buffer.from(`${source('a')}\n`))
  expect(parser.head).toEqual({ project: 'demo', base: '', runs: [run(1)], contexts: [] })
  const empty = counts({ runs: [run(1), run(2)] })
  const whole = new CountsParser('a.counts')
  whole.push(bytesOf(empty))
  expect(whole.end()).toEqual({ ...empty.head, contexts: [] })
})

describe('the last line', () => {
  const whole = text(HEADER, RUN, source('a'))
  const last = whole.lastIndexOf('end\t')

  test.each([
    ['one line too few', whole.replace('end\t3', 'end\t2'), 'is damaged: its last line does not fit'],
    ['another hash', whole.replace(/\w{8}\n$/, '00000000\n'), 'is damaged: its last line does not fit'],
    ['no hash', `${whole.slice(0, last)}end\t3\n`, 'is damaged: its last line does not fit'],
    ['one field more', whole.replace(/\n$/, '\tmore\n'), 'is damaged: its last line does not fit'],
    ['a record more', `${whole}${source('b')}\n`, 'is damaged: line 4 stands behind the last line'],
    ['half a line more', `${whole}x`, 'is damaged: the file goes on behind its last line'],
    ['not ended', whole.slice(0, -1), 'is damaged: the file is cut off'],
    ['missing', whole.slice(0, last), 'is damaged: the file is cut off'],
  ])('%s', (_, bytes, said) => {
    for (const piece of [1, 1000]) expectRefusal(() => parse(bytes, piece), said)
  })

  test('every bit counts', () => {
    const bytes = Buffer.from(whole)
    for (let i = 0; i < bytes.length * 8; i++) {
      const changed = Buffer.from(bytes)
      changed[i >> 3] = (changed[i >> 3] as number) ^ (1 << (i & 7))
      expect(() => parse(changed)).toThrow(expect.objectContaining({ name: 'TstraceError' }))
    }
  })
})

test.each([
  ['nothing', '', 'is not a tstrace counts file', 'TST_COUNTS_FOREIGN'],
  ['another format', text('{"tstrace":1}'), 'is not a tstrace counts file', 'TST_COUNTS_FOREIGN'],
  ['no line at all', 'x'.repeat(20_000), 'is not a tstrace counts file', 'TST_COUNTS_FOREIGN'],
  ['a later version', text('tstrace-counts\t10\t{}'), 'has version 10 of', 'TST_COUNTS_NEWER'],
  ['version 0', text('tstrace-counts\t0\t{}'), 'is damaged: line 1 has no version', undefined],
  ['version 1.0', text('tstrace-counts\t1.0\t{}'), 'is damaged: line 1 has no version', undefined],
  ['no header', text('tstrace-counts\t1'), 'is damaged: line 1 is not a header', undefined],
  ['a kind too many', text(HEADER, 'more\t1'), 'is damaged: line 2 is of an unknown kind: "more"', undefined],
  [
    'a field too few',
    text(HEADER, RUN, 'calls\t"a"\t""'),
    'is damaged: line 3 has 3 fields, not 4',
    undefined,
  ],
  [
    'runs in disorder',
    text(HEADER, `run\t${JSON.stringify(run(2))}`, RUN),
    'is damaged: the list of runs',
    undefined,
  ],
  [
    'a run behind a record',
    text(HEADER, RUN, source('a'), RUN),
    'is damaged: line 4 is a run at the wrong',
    undefined,
  ],
  [
    'records in disorder',
    text(HEADER, RUN, source('b'), source('a')),
    'is damaged: line 4 is not in order',
    undefined,
  ],
  [
    'a record twice',
    text(HEADER, RUN, source('a'), source('a')),
    'is damaged: line 4 is not in order',
    undefined,
  ],
  [
    'calls before sources',
    text(HEADER, RUN, 'calls\t"a"\t""\t[]', source('a')),
    'is damaged: line 4 is not',
    undefined,
  ],
  [
    'a label of no run',
    text(HEADER, RUN, source('a', 'abc', 'a=b')),
    'is damaged: line 3 has a label that no',
    undefined,
  ],
  [
    'a path that leads out',
    text(HEADER, RUN, source('a/../../b')),
    'is damaged: line 3 names the path',
    undefined,
  ],
  [
    'an endless path',
    text(HEADER, RUN, source('a'.repeat(40_000))),
    'is damaged: line 3 names the path',
    undefined,
  ],
])('%s is refused', (_, bytes, said, code) => {
  expectRefusal(() => parse(bytes), said, code)
})

test('paths may lead to other folders of the repository, and be called anything', () => {
  const paths = ['../../other/a', '__proto__', 'a', 'constructor', '\u{1f600}']
  expect(parse(text(HEADER, RUN, ...paths.map((path) => source(path)))).map(({ path }) => path)).toEqual(
    paths,
  )
})

describe('no more than can be held', () => {
  test('a line that does not end is not kept', () => {
    const parser = new CountsParser('a.counts')
    parser.push(Buffer.from(`${HEADER}\n${RUN}\n`))
    const piece = Buffer.alloc(2 ** 22, 'x')
    let pieces = 0
    expectRefusal(() => {
      for (; pieces < 1000; pieces++) parser.push(piece)
    }, 'is damaged: line 3 is longer than 67108864 bytes')
    expect(pieces).toBe(16)
  })

  test('a line that ends is measured as well', () => {
    const bytes = Buffer.concat([
      Buffer.from(`${HEADER}\n`),
      Buffer.alloc(2 ** 26 + 1, 'x'),
      Buffer.from('\n'),
    ])
    expectRefusal(() => parse(bytes, bytes.length), 'is damaged: line 2 is longer than')
  })

  test('runs are counted', () => {
    const runs = Array.from({ length: 100_001 }, (_, i) => `run\t${JSON.stringify(run(i))}`)
    expect(parse(text(HEADER, ...runs.slice(1)))).toEqual([])
    expectRefusal(() => parse(text(HEADER, ...runs)), 'is damaged: line 100002 is one run more than 100000')
  })
})

test('records are in the order of the bytes, sources before calls', () => {
  const lines = [
    source('a'),
    source('a', 'abd'),
    'calls\t"a"\t""\t[]',
    source('a', 'abc', 'a=b'),
    source('b'),
  ]
  const records = parse(
    text(
      HEADER,
      ...[1, 2].map((i) => `run\t${JSON.stringify(run(i, { label: ['', 'a=b'][i - 1]! }))}`),
      ...lines,
    ),
  )
  for (const [i, a] of records.entries())
    for (const [k, b] of records.entries()) expect(Math.sign(compareRecords(a, b))).toBe(Math.sign(i - k))
})
