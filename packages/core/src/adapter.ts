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
  pathFromRoot,
  type SourceFilter,
  type Verdict,
} from './filter/source-filter.ts'
export {
  digest,
  type Instrumented,
  type InstrumentOptions,
  instrument,
  languageOf,
} from './instrument/instrument.ts'
export type { Language } from './instrument/parse.ts'
export type { SourceMap } from './instrument/source-map.ts'
export { unknownOption } from './options/check-options.ts'
export { nearestName } from './options/nearest-name.ts'
export { OPTION_TABLE, type OptionRow } from './options/option-table.ts'
export { parseCommandLine } from './options/parse-command-line.ts'
export { type OptionSources, resolveOptions } from './options/resolve-options.ts'
export type { GivenOptions, TstraceOptions } from './options/tstrace-options.ts'
export { callRelations } from './report/call-relations.ts'
export {
  coverListings,
  type ListingOptions,
  type Listings,
  type SourceText,
} from './report/cover-listings.ts'
export { type FunctionReportOptions, functionList } from './report/function-list.ts'
export type { OutputFile } from './report/output-file.ts'
export { printable } from './report/printable.ts'
export { resultsFile } from './report/results-file.ts'
export { type SummaryRow, summaryTable } from './report/summary.ts'
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
export type { KnownTable, SiteTable } from './results/site-table.ts'
export { BUILD, hashOfFiles, transformHash } from './run/build.ts'
export { type MergedRunInput, reportMerged } from './run/report-merged.ts'
export { RunProblems } from './run/run-problems.ts'
export { SourceTables, type SourceTablesOptions } from './run/source-tables.ts'
export type { TestFiles } from './run/test-files.ts'
export { textThatRan } from './run/text-that-ran.ts'
export {
  type TracedFiles,
  type TracedFilesInput,
  type TracedFilesOptions,
  tracedFilesOf,
} from './run/traced-files.ts'
export { TracedRun, type TracedRunInput } from './run/traced-run.ts'
export { type Untouched, untouchedBecause } from './run/untouched.ts'
export { WorkerFiles } from './run/worker-files.ts'
export type { Report } from './run/write-report.ts'
