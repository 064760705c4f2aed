/*
 * What answers questions about a recording: no parser, nothing of a run. Its results are those of `@tstrace/results`.
 */
export {
  type Recording,
  type RecordingOptions,
  readRecording,
  type Wanted,
} from './counts-file/read-recording.ts'
export { readRuns } from './counts-file/read-runs.ts'
export { KEPT_RECORDINGS, RECORDING } from './counts-file/recording-name.ts'
