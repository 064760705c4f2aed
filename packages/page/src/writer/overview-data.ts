import type { Context } from '@tstrace/results'
import type { OverviewData } from '../page-data.ts'
import type { PageMaterial } from './page-material.ts'
import { numbersOf } from './source-numbers.ts'

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
