import {
  type CallEdge,
  type Context,
  CoverageResults,
  type SourceCounts,
  type TestContext,
} from '@tstrace/results'
import type { Recording } from '../src/recording/recording.ts'

/** A source with one line per counter, and a function around each pair of lines; ten lines that cannot run follow. */
export function sourceWith(path: string, counts: readonly number[]): SourceCounts {
  const lines = counts.map((_, at) => ({ line: at + 1, column: 0, counters: [at], rule: 'statement' }))
  const functions = counts.flatMap((_, at) =>
    at % 2 === 0
      ? [
          {
            name: at === 0 ? '<module>' : `f${at}`,
            line: at + 1,
            column: 0,
            end: { line: at === 0 ? counts.length + 10 : at + 2, column: 0 },
            counter: at,
          },
        ]
      : [],
  )
  return {
    path,
    hash: '0123456789abcdef',
    sites: { counters: counts.length, lines, functions, branches: [] },
    counts: Float64Array.from(counts),
  }
}

export function testNamed(title: string, more: Partial<TestContext> = {}): TestContext {
  return {
    kind: 'test',
    project: '',
    file: 'test/a.test.ts',
    titles: [title],
    index: 0,
    retry: 0,
    repeat: 0,
    state: 'passed',
    line: 0,
    ...more,
  }
}

interface Counted {
  readonly sources?: readonly (readonly [SourceCounts, (Context | undefined)?])[]
  readonly edges?: readonly (readonly [CallEdge, Context?])[]
}

export function recordingOf({ edges = [], sources = [] }: Counted, more: Partial<Recording> = {}): Recording {
  const results = new CoverageResults()
  for (const [source, context] of sources) results.addSource(source, context)
  for (const [edge, context] of edges) results.addEdge(edge, context)
  return {
    file: 'a.counts',
    runs: [],
    labels: [],
    contexts: () => results.contexts(),
    versions: () => results.versions(),
    results: () => results,
    text: () => undefined,
    stateOf: () => 'same',
    ...more,
  }
}
