/*
 * Which test files a change needs, by recordings of earlier runs.
 */
export { type Change, changeOfFiles, changeSince } from './change.ts'
export { type Evidence, evidenceOf } from './evidence.ts'
export { type Reason, type SelectedFile, type Selection, selectTests } from './select-tests.ts'
export { reasonText, selectionText } from './selection-text.ts'
export { type TestFile, testFileKey } from './test-file.ts'
