import '@tstrace/core/node-support'

export {
  type Context,
  type ContextCount,
  type FileContext,
  type HooksContext,
  type ImportContext,
  type LateContext,
  type NamedContext,
  type OverlapContext,
  type TestContext,
  type TestState,
  TstraceError,
} from '@tstrace/core/adapter'
export {
  default,
  type Tstrace,
  type TstraceOptions,
  type TstracePlugin,
  type TstraceReporter,
} from '@tstrace/vitest'
export { Trace, type TraceOptions } from './api/trace.ts'
export { CoverageResults, type ResultsOptions, type WriteOptions } from './api/traced-results.ts'
