/*
 * What runs inside a traced Node program: little, and loaded fast.
 */

export type { Counted } from './collect/counted.ts'
export { drainState } from './collect/drain.ts'
export { OF_PROGRAMS, RunningContexts } from './collect/running-contexts.ts'
export { type RawMap, withInsertions } from './compiled/line-map.ts'
export { reasonOf } from './files/file-errors.ts'
export { readSource } from './files/read-source.ts'
export { outsideSentence } from './filter/outside-sources.ts'
export {
  createSourceFilter,
  type FilterOptions,
  type SourceFilter,
  type Verdict,
} from './filter/source-filter.ts'
export { isInstrumented } from './instrument/helper.ts'
export { type Instrumented, instrument } from './instrument/instrument.ts'
export { liveTrace } from './live/live-trace.ts'
export { ownBuiltins, type WithOwnBuiltins } from './live/own-builtins.ts'
export { writeThrough } from './live/write-through.ts'
export { SourceTables } from './run/source-tables.ts'
export { untouchedBecause, untouchedSentence } from './run/untouched.ts'
export { type LiveFile, type NamedContexts, stateOf } from './runtime/state.ts'
export { drain, installState, type RuntimeState, WorkerFile } from './worker.ts'
