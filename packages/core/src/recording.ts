/*
 * What answers questions about a recording, for packages of tstrace that must be loaded fast: no parser, nothing of a run.
 */
export {
  type Recording,
  type RecordingOptions,
  readRecording,
  type Wanted,
} from './counts-file/read-recording.ts'
export { packText } from './counts-file/recorded-texts.ts'
export { RECORDING } from './counts-file/recording-name.ts'
export type { RunRecord } from './counts-file/run-record.ts'
export { sentenceOf, TstraceError } from './errors.ts'
export { printable } from './printable.ts'
export {
  type Context,
  contextKey,
  type HooksContext,
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
  type SourceCounts,
  type SourceVersion,
} from './results/results-data.ts'
export type { SiteTable } from './results/site-table.ts'
export { textHash } from './results/text-hash.ts'
