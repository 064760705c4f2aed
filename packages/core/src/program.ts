/*
 * What runs inside a traced Node program: little, and loaded fast.
 */

export { drainState } from './collect/drain.ts'
export { putBack } from './collect/put-back.ts'
export { OF_PROGRAMS, RunningContexts } from './collect/running-contexts.ts'
export { outsideSentence } from './filter/outside-sources.ts'
export {
  createSourceFilter,
  type FilterOptions,
  type SourceFilter,
  type Verdict,
} from './filter/source-filter.ts'
export { liveTrace } from './live/live-trace.ts'
export { ownBuiltins, type WithOwnBuiltins } from './live/own-builtins.ts'
export { writeThrough } from './live/write-through.ts'
export { SourceTables } from './run/source-tables.ts'
export { untouchedBecause, untouchedSentence } from './run/untouched.ts'
export { drain, type FrameLabel, WorkerFile } from './worker.ts'
