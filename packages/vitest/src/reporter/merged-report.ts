import type { TstraceOptions } from '@tstrace/core'
import { type Report, reportMerged } from '@tstrace/core/adapter'
import { writePage } from '@tstrace/page/write-page'
import type { CountsInput } from '@tstrace/results/counts-file'
import type { Vitest } from '../vitest-versions.ts'
import { screenFor } from './print-report.ts'
import { testFilesOf } from './test-files.ts'

/** The report on what blobs of shards have brought. */
export function mergedReport(
  vitest: Vitest,
  options: TstraceOptions,
  inputs: readonly CountsInput[],
): Promise<Report> {
  const { config, projects } = vitest
  const tests = testFilesOf(projects)
  const screen = screenFor(vitest)
  return reportMerged({ root: config.root, options, tests, inputs, page: writePage, screen })
}
