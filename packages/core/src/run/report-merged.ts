import type { CountsInput } from '@tstrace/results/counts-file'
import { identifyProject, mergedResults, sumLabelled } from '@tstrace/results/counts-file'
import type { Screen } from '@tstrace/results/screen'
import type { TstraceOptions } from '../options/tstrace-options.ts'
import { belowThresholds } from '../report/thresholds.ts'
import { AskedFormats } from './asked-formats.ts'
import type { PageWriter } from './page-writer.ts'
import type { TestFiles } from './test-files.ts'
import { tracedFilesOf } from './traced-files.ts'
import { type Report, writeReport } from './write-report.ts'

export interface MergedRunInput {
  /** Absolute path of the project root. */
  readonly root: string
  readonly options: TstraceOptions
  readonly tests: TestFiles
  readonly page: PageWriter
  /** What each shard has counted. */
  readonly inputs: readonly CountsInput[]
  /** Where it is printed, if that shows colours. */
  readonly screen?: Screen | undefined
}

const FILE_UNUSED =
  'Option "file" is not used while reports are merged: each shard has its own. `tstrace merge` adds those up.'

const REPORT_UNWANTED =
  'Option "noReport" leaves nothing of a merge of reports, which keeps no counts: leave it out.'

/**
 * Adds up what the shards of a run have counted, under whatever labels, and reports as an unsharded run would.
 *
 * @throws TstraceError what `mergeCounts` throws
 */
export async function reportMerged(input: MergedRunInput): Promise<Report> {
  const { inputs, options, page, root: given, screen, tests } = input
  const { isTest, root } = tracedFilesOf({ root: given, options, tests })
  const merged = await mergedResults(inputs, identifyProject(root))
  const problems = [...merged.problems, ...(options.file ? [FILE_UNUSED] : [])]
  if (options.noReport) return { text: '', problems: [...problems, REPORT_UNWANTED] }
  const results = sumLabelled(merged.counted)
  const keep = (path: string): boolean => options.listTests || !isTest(path)
  const formats = new AskedFormats(options.formats)
  await formats.loaded
  const report = writeReport(results, { data: merged, formats, options, page, root, screen, keep })
  return {
    text: report.text,
    problems: [...problems, ...report.problems],
    failures: belowThresholds(results, options, keep),
  }
}
