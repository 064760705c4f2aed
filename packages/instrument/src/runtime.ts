/*
 * What instrumented code and those who take its counts share.
 */
export { CALLERS, EDGE } from './runtime/constants.ts'
export {
  type FileState,
  installState,
  type LiveFile,
  type NamedContexts,
  type RuntimeState,
  stateOf,
} from './runtime/state.ts'
