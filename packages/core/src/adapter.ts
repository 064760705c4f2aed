/*
 * For the packages of tstrace itself, in the main process: what joins the phases to a runner. It changes with them.
 */
export { type DecodedFrame, decodeFrames } from './collect/frame.ts'
export { findSources } from './filter/find-sources.ts'
export { outsideSentence } from './filter/outside-sources.ts'
export {
  createSourceFilter,
  type FilterOptions,
  type SourceFilter,
  type Verdict,
} from './filter/source-filter.ts'
export { unmatchedFilters } from './filter/unmatched-filters.ts'
export { checkOptions } from './options/check-options.ts'
export { codeOptions } from './options/code-options.ts'
export { completeOptions } from './options/complete-options.ts'
export { parseCommandLine } from './options/parse-command-line.ts'
export { refuseLacking } from './options/refuse-lacking.ts'
export { failsUntraced, type OptionSources, resolveOptions } from './options/resolve-options.ts'
export type {
  CodeOptions,
  GivenAt,
  OptionsAt,
  PythonNamesAt,
} from './options/tstrace-options.ts'
export {
  type AskedReports,
  type ComposedReport,
  composeReports,
  type ReportInput,
} from './report/compose-reports.ts'
export type { SourceText } from './report/cover-listings.ts'
export { belowThresholds, type Thresholds } from './report/thresholds.ts'
export { addUnloaded } from './run/add-unloaded.ts'
export { AskedFormats } from './run/asked-formats.ts'
export { BUILD, transformHash } from './run/build.ts'
export {
  couldNotWrite,
  damagedFolder,
  endedThreads,
  someOf,
  unheardProcesses,
  untraced,
} from './run/losses.ts'
export {
  type FilledFolder,
  fillOutputFolder,
  leftAlone,
  noteWritten,
  othersAmong,
} from './run/output-folder.ts'
export type { PageInput, PageRun, PageWriter } from './run/page-writer.ts'
export { nothingKept, problemsOfWriting, whereCounts } from './run/problems-of-writing.ts'
export { type MergedRunInput, reportMerged } from './run/report-merged.ts'
export { RunProblems, UNTRACED } from './run/run-problems.ts'
export { runRecording } from './run/run-recording.ts'
export {
  type CompiledCode,
  type CompilerMap,
  SourceTables,
  type SourceTablesOptions,
} from './run/source-tables.ts'
export { tellGithub } from './run/tell-github.ts'
export type { TestFiles } from './run/test-files.ts'
export { textOf, textThatRan } from './run/text-that-ran.ts'
export {
  type TracedFiles,
  type TracedFilesInput,
  tracedFilesOf,
} from './run/traced-files.ts'
export { TracedRun } from './run/traced-run.ts'
export type { TracedRunInput } from './run/traced-run-input.ts'
export { type Untouched, untouchedBecause, withoutLikes } from './run/untouched.ts'
export { verdictLines } from './run/verdict-lines.ts'
export { WorkerFiles } from './run/worker-files.ts'
export type { StartedTest } from './run/worker-intake.ts'
export type { Report } from './run/write-report.ts'
