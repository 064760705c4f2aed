import { createHash } from 'node:crypto'
import { CoverageResults, type SiteTable } from '@tstrace/results'
import type { RunRecord } from '@tstrace/results/counts-file'

export function run(number: number, given: Partial<RunRecord> = {}): RunRecord {
  return {
    id: `run-${String(number).padStart(16, '0')}`,
    run: 'ci 7',
    shard: '',
    commit: 'abcdef',
    runner: 'vitest 5.1.1',
    tstrace: '0.1.0',
    rules: 'abc',
    node: '24.0.0',
    started: '2026-11-21T18:00:00.000Z',
    base: '',
    label: '',
    losses: '',
    ...given,
  }
}

/** What one run could have counted; another number is another run. */
export function resultsOf(number: number): CoverageResults {
  const results = new CoverageResults()
  for (const [i, path] of ['src/a.ts', 'src/deep/b.ts', '../other/c.ts', '日本/é.ts'].entries()) {
    const counts = Float64Array.from({ length: 5 }, (_, counter) => number * 100 + i * 10 + counter)
    results.addSource({ path, hash: `abc${i}`, sites: SITES, counts })
    results.addEdge({
      caller: { path: i === 0 ? '' : 'src/a.ts', name: i === 0 ? '<event loop>' : '<module>' },
      callee: { path, name: 'f' },
      calls: number + i,
      resumptions: 0,
    })
  }
  return results
}

const SITES: SiteTable = {
  counters: 5,
  lines: [
    { line: 1, column: 0, counters: [0], rule: 'definition' },
    { line: 2, column: 2, counters: [1, 2], rule: 'for' },
    { line: 3, column: 4, counters: [3], rule: 'statement', pragma: true },
  ],
  functions: [
    { name: '<module>', line: 1, column: 0, end: { line: 9, column: 0 }, counter: 0 },
    { name: 'f', line: 1, column: 7, end: { line: 4, column: 1 }, counter: 4 },
  ],
  branches: [
    {
      kind: 'if',
      line: 2,
      column: 2,
      end: { line: 2, column: 20 },
      arms: [
        { line: 2, column: 4, end: { line: 2, column: 9 }, counter: 1 },
        { line: 2, column: 10, end: { line: 2, column: 19 }, counter: 2 },
      ],
    },
  ],
}

/** The last line for what stands before it, whatever that says. */
export function withTrailer(before: string | Uint8Array): Uint8Array {
  const given = Buffer.from(before as Uint8Array)
  const body = given.at(-1) === 10 ? given : Buffer.concat([given, Buffer.from('\n')])
  const lines = body.reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0)
  const hash = createHash('sha256').update(body).digest('hex')
  return Buffer.concat([body, Buffer.from(`end\t${lines}\t${hash}\n`)])
}

/** All but the last line. */
export function withoutTrailer(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.lastIndexOf('\nend\t') + 1)
}
