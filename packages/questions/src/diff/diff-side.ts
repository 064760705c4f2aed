import { type CallEdge, type Context, CoverageResults } from '@tstrace/results'
import { contextKey } from '@tstrace/results/internal'
import type { Recording } from '../recording/recording.ts'
import type { Counts } from './compared.ts'

/** What is compared: a recording, or several runs of one program that are held against each other. */
export interface DiffSide {
  readonly recordings: readonly [Recording, ...Recording[]]
  /** What was running; undefined for everything. Only of a single recording. */
  readonly contexts?: readonly Context[]
}

/** The counts of each recording of a side. */
export function countsOf({ contexts, recordings }: DiffSide): [Counts, ...Counts[]] {
  return recordings.map((recording): Counts => {
    const { text } = recording
    if (!contexts) return { results: recording.results(), text: (version) => text(version) }
    return { results: resultsIn(recording, contexts), text: (version) => text(version) }
  }) as [Counts, ...Counts[]]
}

/** What ran in some contexts together; sources of which nothing ran are there, too. */
function resultsIn({ results: read }: Recording, contexts: readonly Context[]): CoverageResults {
  const results = read()
  const keys = contexts.map(contextKey)
  const sums = new CoverageResults()
  for (const source of results.sources()) sums.addSource(results.recorded.sourceIn(source, keys))
  for (const key of keys) for (const edge of results.recorded.edgesIn(key)) sums.addEdge(edge as CallEdge)
  return sums
}
