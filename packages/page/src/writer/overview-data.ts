import type { Context, CoverageResults, SourceVersion } from '@tstrace/results'
import type { OverviewData, SourceNumbers } from '../page-data.ts'
import type { PageMaterial } from './page-material.ts'

export function overviewData({ contexts, results, runs, sources }: PageMaterial): OverviewData {
  return {
    recordings: [
      {
        runs: runs.map(({ commit, label, losses, node, runner, started, tstrace }) => ({
          started,
          commit,
          runner,
          node,
          tstrace,
          label,
          losses,
        })),
      },
    ],
    sources: sources.map((version) => ({ ...version, numbers: [numbersOf(results, version)] })),
    hasCalls: results.edges().length > 0,
    contexts: kindsOf(contexts),
  }
}

function kindsOf(contexts: readonly Context[]): OverviewData['contexts'] {
  const kinds: Partial<Record<Context['kind'], number>> = {}
  for (const { kind } of contexts) kinds[kind] = (kinds[kind] ?? 0) + 1
  return kinds
}

function numbersOf(results: CoverageResults, { hash, path }: SourceVersion): SourceNumbers {
  const missing = results.missingLines(path, hash).length
  let [count, hottest, hottestLine, ran] = [0, 0, 0, 0]
  for (const [line, number] of results.lineCounts(path, hash)) {
    if (number > 0) ran++
    count += number
    if (number > hottest) [hottest, hottestLine] = [number, line]
  }
  const calls = results
    .functions(path, hash)
    .reduce((sum, one) => (one.name === '<module>' ? sum : sum + one.calls), 0)
  return { lines: ran + missing, missing, hottest, hottestLine, calls, count }
}
