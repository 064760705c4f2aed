import { resolve } from 'node:path'
import type { TstraceOptions } from '../options/tstrace-options.ts'
import { composeReports } from '../report/compose-reports.ts'
import type { CoverageResults } from '../results/coverage-results.ts'
import { absolutePath } from '../source-file/path-from-root.ts'
import { problemsOfWriting } from './problems-of-writing.ts'
import { textThatRan } from './text-that-ran.ts'

export interface RunReportInput {
  readonly options: TstraceOptions
  /** Absolute path of the project root. */
  readonly root: string
  /** Says by path from the root whether to report what happens in a file: tests are left out. */
  readonly keep: (path: string) => boolean
}

/** What a run has to say. */
export interface Report {
  /** For standard output: summary, functions, call relationships. */
  readonly text: string
  readonly problems: readonly string[]
}

/**
 * Writes the reports on a test run into one folder, and returns what is to be printed. A folder that cannot be written is
 * one of the problems; what is to be printed is complete even then.
 */
export function writeReport(results: CoverageResults, { keep, options, root }: RunReportInput): Report {
  const reports = composeReports(results, {
    asked: { ...options, resultsFile: true },
    keep,
    source: (path, hash) => textThatRan(absolutePath(root, path), hash),
  })
  const files = reports.flatMap((report) => report.files)
  const failures = problemsOfWriting(resolve(root, options.coverdir), files)
  // Behind the tests, the summary comes first.
  const printed = reports.toSorted((a, b) => Number(b.name === 'summary') - Number(a.name === 'summary'))
  return {
    text: printed.map(({ text }) => text).join(''),
    problems: [...failures, ...reports.flatMap(({ problems }) => problems)],
  }
}
