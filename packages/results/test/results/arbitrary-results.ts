import fc from 'fast-check'
import type {
  CallEdge,
  FunctionReference,
  ResultsData,
  SourceCounts,
} from '../../src/results/results-data.ts'
import { eventLoop } from '../../src/results/results-data.ts'
import type { SiteTable } from '../../src/results/site-table.ts'

/** A site table: two tables with the same number are equal but never the same object. */
export function tableNumber(n: number): SiteTable {
  const end = { line: 9, column: 1 }
  return {
    counters: 3 + n,
    lines: [
      { line: 1, column: 0, counters: [0], rule: 'statement' },
      { line: 1, column: 8, counters: [1, 2], rule: 'loop' },
      { line: 3 + n, column: 2, counters: [2], rule: 'statement', pragma: true },
      { line: 4 + n, column: 2, counters: [1], rule: 'statement' },
    ],
    functions: [
      { line: 1, column: 0, name: '<module>', end, counter: 0 },
      { line: 3, column: 0, name: '__proto__', end, counter: 1 },
    ],
    branches: [{ line: 2, column: 0, kind: 'if', end, arms: [{ line: 2, column: 4, end, counter: 2 }] }],
  }
}

const paths = ['a.ts', 'src/b.ts', '__proto__', 'src/a.ts', 'src/\u{1f600}.ts', 'src/\uffee.ts']
const names = ['<module>', 'f', 'constructor', '__proto__', 'it("a -> b")', 'C.m']

const source: fc.Arbitrary<SourceCounts> = fc
  .record({ path: fc.constantFrom(...paths), hash: fc.constantFrom('h1', 'h2'), table: fc.nat(2) })
  .chain(({ path, hash, table }) => {
    const sites = table < 2 ? tableNumber(table) : { ...tableNumber(0), counters: 5 }
    const counts = fc.array(fc.nat(2 ** 31), { minLength: sites.counters, maxLength: sites.counters })
    return counts.map((numbers) => ({ path, hash, sites, counts: Float64Array.from(numbers) }))
  })

const reference: fc.Arbitrary<FunctionReference> = fc.record({
  path: fc.constantFrom(...paths),
  name: fc.constantFrom(...names),
})

const edge: fc.Arbitrary<CallEdge> = fc.record({
  caller: fc.oneof({ weight: 4, arbitrary: reference }, fc.constant(eventLoop)),
  callee: reference,
  calls: fc.nat(2 ** 31),
  resumptions: fc.nat(2 ** 31),
})

/** Data for results in which paths, texts, tables and edges meet often. */
export const arbitraryData: fc.Arbitrary<ResultsData> = fc.record({
  sources: fc.array(source, { maxLength: 8 }),
  edges: fc.array(edge, { maxLength: 8 }),
})
