import type { CoverageResults } from '@tstrace/results'
import {
  type CountsData,
  identifyProject,
  isSameProject,
  type RunRecord,
  readCountsFile,
  rebaseResults,
  sumLabelled,
  writeCountsFile,
} from '@tstrace/results/counts-file'
import { TstraceError } from '@tstrace/results/errors'
import { resolveTarget, withLock } from '@tstrace/results/writing'

/** Counts, and the runs that they are of. */
export interface RunCounts {
  readonly results: CoverageResults
  readonly runs: readonly RunRecord[]
}

/**
 * Everything in a counts file, under whatever label, with paths from a folder.
 *
 * @param root absolute path of the folder
 * @throws TstraceError what `readCountsFile` throws; `TST_COUNTS_PROJECT` for a file of another project
 */
export function readSum(file: string, root: string): RunCounts {
  const { counted, head } = readCountsFile(file)
  const { base, project } = identifyProject(root)
  if (!isSameProject(head.project, project)) {
    const message = `${file} is of the project ${head.project}, ${root} is of ${project}.`
    throw new TstraceError('TST_COUNTS_PROJECT', `${message} Say with \`root\` where its sources are.`)
  }
  return { results: rebaseResults(sumLabelled(counted), head.base, base), runs: head.runs }
}

/** As a counts file has them. Counts under labels have been summed, so the runs have none any more. */
export function dataOf({ results, root, runs }: RunCounts & { root: string }): CountsData {
  const head = { ...identifyProject(root), runs: runs.map((run) => ({ ...run, label: '' })) }
  return { head, counted: new Map([['', results]]) }
}

/**
 * Replaces a counts file, or makes it.
 *
 * @throws TstraceError `TST_CANNOT_WRITE`, `TST_LOCKED` or `TST_COUNTS_COMPRESSION`; `TST_COUNTS_TOO_LARGE` for a source
 * that a counts file cannot hold, after all others were written
 */
export function replaceCountsFile(file: string, { results, root, runs }: RunCounts & { root: string }): void {
  const target = resolveTarget(file)
  const [leftOut] = withLock(target, () => writeCountsFile(target, dataOf({ results, root, runs })))
  if (leftOut !== undefined) throw new TstraceError('TST_COUNTS_TOO_LARGE', leftOut)
}
