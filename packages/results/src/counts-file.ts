/*
 * The files that hold the counts of runs: written, read, added up.
 */
export { type Accumulated, accumulate, countsText, writeCountsFile } from './counts-file/accumulate.ts'
export { piecesOf, sizeOf } from './counts-file/compression.ts'
export type { CountsInput } from './counts-file/counts-input.ts'
export { COUNTS_FORMAT } from './counts-file/counts-lines.ts'
export { identifyProject, identifyRun } from './counts-file/identify-run.ts'
export { isCountsFile } from './counts-file/is-counts-file.ts'
export { hasLabels, labelText } from './counts-file/label-text.ts'
export { siteTableFrom } from './counts-file/lazy-site-table.ts'
export { type MergeOptions, mergeCounts } from './counts-file/merge-counts.ts'
export { MergedFile, mergedResults } from './counts-file/merge-outputs.ts'
export { type CountsData, readCountsFile } from './counts-file/read-counts-file.ts'
export { rebaseResults } from './counts-file/rebase-path.ts'
export { packText, TextsByPath, unpackText } from './counts-file/recorded-texts.ts'
export { type RecordingFile, recordingFile } from './counts-file/recording-file.ts'
export { type CountsHeader, isSameProject, type RunRecord } from './counts-file/run-record.ts'
export { sumLabelled } from './counts-file/sum-labelled.ts'
