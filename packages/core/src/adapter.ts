/*
 * For the packages of tstrace itself, in the main process: what joins the phases to a runner. It changes with them.
 */
export { type Collected, Collector, type TableFor } from './collect/collector.ts'
export type { Counted, CountedEdge, CountedSource } from './collect/counted.ts'
export { decodeFrames, type Frame, type FrameLabel } from './collect/frame.ts'
export {
  type CompiledSource,
  type InstrumentedCompiled,
  instrumentCompiled,
  type OtherCounters,
} from './compiled/instrument-compiled.ts'
export { type Accumulated, accumulate, countsText, writeCountsFile } from './counts-file/accumulate.ts'
export { piecesOf } from './counts-file/compression.ts'
export type { CountsInput } from './counts-file/counts-input.ts'
export type { CountsHead } from './counts-file/counts-parser.ts'
export { identifyProject, identifyRun } from './counts-file/identify-run.ts'
export { hasLabels, labelText } from './counts-file/label-text.ts'
export { type MergeOptions, mergeCounts } from './counts-file/merge-counts.ts'
export { MergedFile, mergedResults } from './counts-file/merge-outputs.ts'
export { type CountsData, readCountsFile } from './counts-file/read-counts-file.ts'
export { rebaseResults } from './counts-file/rebase-path.ts'
export { isSameProject, type RunRecord } from './counts-file/run-record.ts'
export { sumLabelled } from './counts-file/sum-labelled.ts'
export { sentenceOf, TstraceError } from './errors.ts'
export { cannotRead, cannotWrite } from './files/file-errors.ts'
export { withLock } from './files/lock-file.ts'
export type { OutputFile } from './files/output-file.ts'
export { readSource } from './files/read-source.ts'
export { resolveTarget } from './files/resolve-target.ts'
export { writeFiles, writeFilesSync } from './files/write-files.ts'
export { findSources } from './filter/find-sources.ts'
export { outsideSentence } from './filter/outside-sources.ts'
export {
  createSourceFilter,
  type FilterOptions,
  type SourceFilter,
  type Verdict,
} from './filter/source-filter.ts'
export { unmatchedFilters } from './filter/unmatched-filters.ts'
export {
  digest,
  type Instrumented,
  type InstrumentOptions,
  instrument,
} from './instrument/instrument.ts'
export type { SourceMap } from './instrument/source-map.ts'
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
export { complaint, printable, printableLines } from './printable.ts'
export {
  type AskedReports,
  type ComposedReport,
  composeReports,
  type ReportInput,
} from './report/compose-reports.ts'
export type { SourceText } from './report/cover-listings.ts'
export type {
  Context,
  FileContext,
  HooksContext,
  ImportContext,
  LateContext,
  NamedContext,
  OverlapContext,
  TestContext,
  TestState,
} from './results/context.ts'
export { CoverageResults } from './results/coverage-results.ts'
export {
  type CallEdge,
  type ContextCount,
  eventLoop,
  type FunctionCalls,
  type FunctionReference,
  type ResultsData,
  type SourceCounts,
  type SourceVersion,
} from './results/results-data.ts'
export type { KnownTable, SiteTable } from './results/site-table.ts'
export { addUnloaded } from './run/add-unloaded.ts'
export { BUILD, hashOfFiles, transformHash } from './run/build.ts'
export { couldNotWrite, damagedFolder } from './run/losses.ts'
export { obstaclesTo } from './run/obstacles-to.ts'
export { type FilledFolder, fillOutputFolder } from './run/output-folder.ts'
export { problemsOfWriting, whereCounts } from './run/problems-of-writing.ts'
export { type MergedRunInput, reportMerged } from './run/report-merged.ts'
export { RunProblems } from './run/run-problems.ts'
export { runRecording } from './run/run-recording.ts'
export {
  type CompiledCode,
  type CompilerMap,
  SourceTables,
  type SourceTablesOptions,
} from './run/source-tables.ts'
export type { TestFiles } from './run/test-files.ts'
export { textThatRan } from './run/text-that-ran.ts'
export {
  type TracedFiles,
  type TracedFilesInput,
  tracedFilesOf,
} from './run/traced-files.ts'
export { TracedRun, type TracedRunInput } from './run/traced-run.ts'
export { type Untouched, untouchedBecause } from './run/untouched.ts'
export { verdictLines } from './run/verdict-lines.ts'
export { WorkerFiles } from './run/worker-files.ts'
export type { StartedTest } from './run/worker-intake.ts'
export type { Report } from './run/write-report.ts'
