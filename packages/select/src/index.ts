/*
 * Which test files a change needs, by recordings of earlier runs.
 */
export { type Change, changeOfFiles, changeSince } from './change.ts'
export { type Evidence, evidenceOf, type NamedRecording } from './evidence.ts'
export { Git } from './git.ts'
export { noteShadow, type Shadow } from './note-shadow.ts'
export {
  recordingsBeside,
  type SelectingRun,
  selectForRun,
  unrelatedBy,
} from './run-selection.ts'
export { type Reason, type SelectedFile, type Selection, selectTests } from './select-tests.ts'
export { reasonText, selectionText } from './selection-text.ts'
export { type TestFile, testFileKey } from './test-file.ts'
