/*
 * What `tstrace` gives, as Node loads it: once in a process, whatever realms tests have of their own.
 */
import '@tstrace/core/node-support'

export type {
  Context,
  ContextCount,
  FileContext,
  HooksContext,
  ImportContext,
  LateContext,
  NamedContext,
  OverlapContext,
  TestContext,
  TestState,
} from '@tstrace/results'
export { TstraceError } from '@tstrace/results/errors'
export {
  default,
  type Tstrace,
  type TstraceOptions,
  type TstracePlugin,
  type TstraceReporter,
} from '@tstrace/vitest'
export { Trace, type TraceOptions, traceIn } from './api/trace.ts'
export { CoverageResults, type ResultsOptions, type WriteOptions } from './api/traced-results.ts'
