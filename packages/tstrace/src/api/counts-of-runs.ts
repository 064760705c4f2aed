import {
  type CoverageResults,
  identifyProject,
  type RunRecord,
  readCountsFile,
  sumOf,
  withLock,
  writeCountsFile,
} from '@tstrace/core'

/** Counts, and the runs that they are of. */
export interface RunCounts {
  readonly results: CoverageResults
  readonly runs: readonly RunRecord[]
}

/**
 * Everything in a counts file, under whatever label.
 *
 * @throws TstraceError what `readCountsFile` throws
 */
export function readSum(file: string): RunCounts {
  const { counted, head } = readCountsFile(file)
  return { results: sumOf(counted), runs: head.runs }
}

/**
 * Replaces a counts file, or makes it.
 *
 * @throws TstraceError `TST_CANNOT_WRITE`, `TST_LOCKED` or `TST_COUNTS_COMPRESSION`
 */
export function replaceCountsFile(file: string, { results, root, runs }: RunCounts & { root: string }): void {
  const head = { ...identifyProject(root), runs }
  withLock(file, () => writeCountsFile(file, { head, counted: new Map([['', results]]) }))
}
