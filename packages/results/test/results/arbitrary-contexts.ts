import fc from 'fast-check'
import { type Context, compareContexts, contextKey, type TestContext } from '../../src/results/context.ts'
import { CoverageResults } from '../../src/results/coverage-results.ts'
import type { CallEdge, SourceCounts } from '../../src/results/results-data.ts'
import { arbitraryData } from './arbitrary-results.ts'

const aTest: fc.Arbitrary<TestContext> = fc.record({
  kind: fc.constant('test'),
  project: fc.constantFrom('', 'unit'),
  file: fc.constantFrom('a.test.ts', '__proto__'),
  titles: fc.array(fc.constantFrom('adds', '__proto__', 'a > b'), { minLength: 1, maxLength: 2 }),
  index: fc.nat(1),
  retry: fc.nat(1),
  repeat: fc.nat(1),
  state: fc.constantFrom('passed', 'failed', 'skipped', 'unfinished'),
  line: fc.nat(3),
})

const ofFile = { project: fc.constantFrom('', 'unit'), file: fc.constantFrom('a.test.ts', 'b.test.ts') }

const arbitraryContext: fc.Arbitrary<Context> = fc.oneof(
  { weight: 3, arbitrary: aTest },
  fc.record({ kind: fc.constantFrom('file', 'import', 'late'), ...ofFile }),
  fc.record({ kind: fc.constant('hooks'), titles: fc.array(fc.constantFrom('adds', 'outer')), ...ofFile }),
  fc.record({ kind: fc.constant('named'), name: fc.constantFrom('adds', '') }),
  fc
    .uniqueArray(aTest, { minLength: 2, maxLength: 3, selector: contextKey })
    .map((members) => ({ kind: 'overlap' as const, members: members.sort(compareContexts) })),
)

/** One thing that was counted, and what was running. */
export type Counted = { readonly context: Context } & (
  | { readonly source: SourceCounts }
  | { readonly edge: CallEdge }
)

export const arbitraryCounted: fc.Arbitrary<Counted[]> = arbitraryData.chain(({ sources = [], edges = [] }) =>
  fc.tuple(
    ...[...sources].map((source) => arbitraryContext.map((context) => ({ source, context }))),
    ...[...edges].map((edge) => arbitraryContext.map((context) => ({ edge, context }))),
  ),
)

export function resultsOf(counted: readonly Counted[]): CoverageResults {
  const results = new CoverageResults()
  for (const one of counted) {
    if ('source' in one) results.addSource(one.source, one.context)
    else results.addEdge(one.edge, one.context)
  }
  return results
}

/** What is in results, contexts included, as a value. */
export function allOf(results: CoverageResults): unknown {
  return {
    total: results.toJSON(),
    contexts: results.contexts().map((context) => [context, results.of(context).toJSON()]),
  }
}
