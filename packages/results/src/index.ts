/*
 * What a run has recorded, and what can be asked of it.
 */
export {
  type Context,
  contextKey,
  type FileContext,
  type HooksContext,
  type ImportContext,
  type LateContext,
  type NamedContext,
  type OverlapContext,
  type TestContext,
  type TestState,
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
export type {
  BranchArm,
  BranchSite,
  FunctionSite,
  KnownTable,
  LineSite,
  Place,
  SiteTable,
} from './results/site-table.ts'
