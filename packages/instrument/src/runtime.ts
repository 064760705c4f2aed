/*
 * What instrumented code and those who take its counts share.
 */
export { CALLERS, EDGE, MOST_EDGES } from './runtime/constants.ts'
export {
  type CallState,
  type CountedTestRun,
  type EdgeCounts,
  type FileState,
  installState,
  type LiveFile,
  type NamedContexts,
  type RuntimeState,
  stateOf,
} from './runtime/state.ts'
