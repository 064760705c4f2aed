import { resolve } from 'node:path'
import type { OutputFile } from '../files/output-file.ts'
import { writeFilesSync } from '../files/write-files.ts'
import type { TstraceOptions } from '../options/tstrace-options.ts'
import { callRelations } from '../report/call-relations.ts'
import { coverListings, type SourceText } from '../report/cover-listings.ts'
import { functionList } from '../report/function-list.ts'
import { resultsFile } from '../report/results-file.ts'
import { summaryTable } from '../report/summary.ts'
import type { CoverageResults } from '../results/coverage-results.ts'

export interface ReportInput {
  readonly options: TstraceOptions
  /** Absolute path of the project root. */
  readonly root: string
  readonly source: (path: string, hash: string) => SourceText
  /** Says by path from the root whether a file is a test whose functions are left out. */
  readonly keep: (path: string) => boolean
}

/** What a run has to say. */
export interface Report {
  /** For standard output: summary, functions, call relationships. */
  readonly text: string
  readonly problems: readonly string[]
}

/** Name of the file in the output folder that carries everything that was counted. */
const RESULTS_NAME = 'results.json'

/**
 * Writes the listings and the results file, and returns what is to be printed. A folder that cannot be written is
 * one of the problems; what is to be printed is complete even then.
 */
export function writeReport(results: CoverageResults, input: ReportInput): Report {
  const { count, summary, listfuncs, trackcalls, missing, coverdir } = input.options
  const { keep } = input
  const listings = coverListings(results, { source: input.source, missing, keep })
  const files: OutputFile[] = [{ path: RESULTS_NAME, text: resultsFile(results) }]
  if (count) files.push(...listings.files)
  const problems = count ? [...listings.problems] : []
  const texts: string[] = []
  if (count && summary) texts.push(summaryTable(listings.rows))
  if (listfuncs) texts.push(functionList(results, { keep }))
  if (trackcalls) texts.push(callRelations(results, { keep }))
  try {
    writeFilesSync(resolve(input.root, coverdir), files)
  } catch (error) {
    problems.unshift(error instanceof Error ? error.message : String(error))
  }
  return { text: texts.join(''), problems }
}
