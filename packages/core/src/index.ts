/*
 * What the README promises: instrument, collect, and ask the results.
 */
export { type Collected, Collector, type TableFor } from './collect/collector.ts'
export type { Counted, CountedEdge, CountedSource } from './collect/counted.ts'
export { TstraceError } from './errors.ts'
export { type Instrumented, type InstrumentOptions, instrument } from './instrument/instrument.ts'
export type { SourceMap } from './instrument/source-map.ts'
export type { GivenOptions, TstraceOptions } from './options/tstrace-options.ts'
export type {
  Context,
  FileContext,
  HooksContext,
  ImportContext,
  LateContext,
  NamedContext,
  OverlapContext,
  TestContext,
  TestState,
} from './results/context.ts'
export { CoverageResults } from './results/coverage-results.ts'
export {
  type CallEdge,
  type ContextCount,
  eventLoop,
  type FunctionCalls,
  type FunctionReference,
  type ResultsData,
  type SourceCounts,
  type SourceVersion,
} from './results/results-data.ts'
export type { KnownTable, SiteTable } from './results/site-table.ts'
export type { Language } from './source-file/source-kind.ts'
