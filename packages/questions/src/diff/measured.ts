import type { Context, CoverageResults, SourceCounts, TestContext } from '@tstrace/results'
import { contextKey, functionPattern } from '@tstrace/results/internal'
import { CountedText, numberOf } from './counted-text.ts'
import type { Gate } from './gate.ts'

/** Whether a pattern means any function that was counted. */
export function hasFunction(results: CoverageResults, pattern: string): boolean {
  const isMeant = functionPattern(pattern)
  return results
    .sources()
    .some(({ path, sites }) => sites.functions.some(({ name }) => isMeant({ path, name })))
}

type What = Pick<Gate, 'measure' | 'pattern'>

/** How often functions were called together, or the sum of the numbers of their own lines. */
export function countsTogether(results: CoverageResults, what: What): number {
  return results.sources().reduce((sum, source) => sum + countIn(source, what), 0)
}

function countIn(source: SourceCounts, { measure, pattern }: What): number {
  const isMeant = functionPattern(pattern)
  const { counts, path, sites } = source
  if (measure === 'calls')
    return sites.functions.reduce(
      (sum, { counter, name }) => (isMeant({ path, name }) ? sum + (counts[counter] ?? 0) : sum),
      0,
    )
  const meant = sites.functions.map(({ name }) => isMeant({ path, name }))
  if (!meant.includes(true)) return 0
  const units = new CountedText([source]).units()
  return units.reduce((sum, unit) => (meant[unit.owner] ? sum + numberOf(unit) : sum), 0)
}

/** The same in each attempt at a test, by the test: what ran at the same time as others is in none. */
export function countsByTest(
  results: CoverageResults,
  what: What,
): ReadonlyMap<string, { readonly context: TestContext; readonly count: number }> {
  const tests = new Map<string, { readonly context: TestContext; count: number }>()
  const keys = new Map<string, string>()
  for (const context of results.contexts())
    if (context.kind === 'test') {
      const key = contextKey({ ...context, state: 'passed' } satisfies Context)
      keys.set(contextKey(context), key)
      tests.set(key, { context, count: 0 })
    }
  const isMeant = functionPattern(what.pattern)
  for (const source of results.sources()) {
    const { path, sites } = source
    const kept = results.recorded.ofSource(source)?.kept()
    if (!kept || !sites.functions.some(({ name }) => isMeant({ path, name }))) continue
    for (let row = 0; row < kept.rows; row++) {
      const counts = new Float64Array(source.counts.length)
      const ran = kept.countsOf(row)
      for (let at = 0; at < ran.length; at++) counts[ran.places[at] as number] = ran.counts[at] as number
      const count = countIn({ ...source, counts }, what)
      if (count > 0)
        kept.visitContexts(row, (context) => {
          const test = tests.get(keys.get(kept.keys[context] as string) ?? '')
          if (test) test.count += count
        })
    }
  }
  return tests
}
