/*
 * For the packages of tstrace itself, in the main process: what joins the phases to a runner. It changes with them.
 */
export { type Collected, Collector, type KnownTable, type TableFor } from './collect/collector.ts'
export type { Counted, CountedEdge, CountedSource } from './collect/counted.ts'
export { decodeFrames, type Frame, type FrameLabel } from './collect/frame.ts'
export { accumulate, countsText, writeCountsFile } from './counts-file/accumulate.ts'
export { piecesOf } from './counts-file/compression.ts'
export type { CountsHead } from './counts-file/counts-parser.ts'
export { identifyProject, identifyRun } from './counts-file/identify-run.ts'
export { hasLabels, labelText } from './counts-file/label-text.ts'
export { withLock } from './counts-file/lock-file.ts'
export { type CountsInput, type MergeOptions, mergeCounts } from './counts-file/merge-counts.ts'
export { MergedFile, mergedResults } from './counts-file/merge-outputs.ts'
export { type CountsData, readCountsFile } from './counts-file/read-counts-file.ts'
export { rebaseResults } from './counts-file/rebase-path.ts'
export { isSameProject, type RunRecord } from './counts-file/run-record.ts'
export { sumOf } from './counts-file/sum-of.ts'
export { TstraceError } from './errors.ts'
export { findSources } from './filter/find-sources.ts'
export {
  createSourceFilter,
  type FilterOptions,
  type SourceFilter,
  type Verdict,
} from './filter/source-filter.ts'
export { carryTable } from './instrument/carry-table.ts'
export {
  digest,
  type Instrumented,
  type InstrumentOptions,
  instrument,
} from './instrument/instrument.ts'
export type { SourceMap } from './instrument/source-map.ts'
export { type SplitCode, splitHelper } from './instrument/split-helper.ts'
export { checkOptions } from './options/check-options.ts'
export { codeOptions } from './options/code-options.ts'
export { completeOptions } from './options/complete-options.ts'
export { parseCommandLine } from './options/parse-command-line.ts'
export { type OptionSources, resolveOptions, wantsStrict } from './options/resolve-options.ts'
export type {
  CodeOptions,
  GivenAt,
  GivenOptions,
  OptionsAt,
  PythonNamesAt,
  TstraceOptions,
} from './options/tstrace-options.ts'
export {
  type AskedReports,
  type ComposedReport,
  composeReports,
  type ReportInput,
} from './report/compose-reports.ts'
export type { SourceText } from './report/cover-listings.ts'
export type { OutputFile } from './report/output-file.ts'
export { printable } from './report/printable.ts'
export { writeFiles, writeFilesSync } from './report/write-files.ts'
export { CoverageResults } from './results/coverage-results.ts'
export {
  type CallEdge,
  eventLoop,
  type FunctionCalls,
  type FunctionReference,
  type ResultsData,
  type SourceCounts,
  type SourceVersion,
} from './results/results-data.ts'
export type { SiteTable } from './results/site-table.ts'
export { addUnloaded } from './run/add-unloaded.ts'
export { BUILD, hashOfFiles, transformHash } from './run/build.ts'
export { type FilledFolder, fillOutputFolder } from './run/output-folder.ts'
export { problemsOfWriting } from './run/problems-of-writing.ts'
export { type MergedRunInput, reportMerged } from './run/report-merged.ts'
export { RunProblems } from './run/run-problems.ts'
export { SourceTables, type SourceTablesOptions } from './run/source-tables.ts'
export type { TestFiles } from './run/test-files.ts'
export { textThatRan } from './run/text-that-ran.ts'
export {
  type TracedFiles,
  type TracedFilesInput,
  tracedFilesOf,
} from './run/traced-files.ts'
export { TracedRun, type TracedRunInput } from './run/traced-run.ts'
export { verdictLines } from './run/verdict-lines.ts'
export { WorkerFiles } from './run/worker-files.ts'
export type { Report } from './run/write-report.ts'
