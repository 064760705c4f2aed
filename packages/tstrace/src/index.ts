import '@tstrace/core/node-support'

export { TstraceError } from '@tstrace/core/adapter'
export {
  default,
  type Tstrace,
  type TstraceOptions,
  type TstracePlugin,
  type TstraceReporter,
} from '@tstrace/vitest'
export { Trace, type TraceOptions } from './api/trace.ts'
export { CoverageResults, type ResultsOptions, type WriteOptions } from './api/traced-results.ts'
