import { TstraceError } from '../errors.ts'
import type { Context } from '../results/context.ts'
import type { CoverageResults } from '../results/coverage-results.ts'
import type { SourceVersion } from '../results/results-data.ts'
import { identifyProject } from './identify-run.ts'
import { hasLabels } from './label-text.ts'
import { readCountsFile } from './read-counts-file.ts'
import { rebaseResults } from './rebase-path.ts'
import { isSameProject, type RunRecord } from './run-record.ts'
import { sumLabelled } from './sum-labelled.ts'

/** How a recording is read. */
export interface RecordingOptions {
  /** Absolute path of the folder that paths are to start at. */
  readonly root: string
  /** Each `key=value`: only what was counted under labels that have all of them. Default: everything. */
  readonly labels?: readonly string[]
}

/** What of a recording is wanted. What is left out is everything. */
export interface Wanted {
  /** Says by path of which sources the counts are wanted, and of which functions the callers. */
  readonly path?: (path: string) => boolean
  /** Only sources and callers of functions of which something was counted in one of these contexts. */
  readonly contexts?: readonly Context[]
  /** Whether the counts of sources are wanted. */
  readonly sources?: boolean
  /** Whether the calls are wanted: those into functions of the paths. */
  readonly calls?: boolean
}

/** A counts file that is asked questions: the file is checked when it is opened, and read as far as a question needs. */
export interface Recording {
  /** Of which runs the counts are, sorted by id; only those with the labels. */
  readonly runs: readonly RunRecord[]
  /** The labels that there are, as texts: `node=24,os=linux`; '' for none. */
  readonly labels: readonly string[]
  /** What was running, where that was recorded; also where nothing was counted. */
  contexts(): readonly Context[]
  /** Every text that was counted, sorted by path and hash. */
  versions(): readonly SourceVersion[]
  /**
   * Counts and calls: what is wanted, and perhaps more. Contexts are all there, whatever is wanted.
   *
   * @throws TstraceError `TST_COUNTS_DAMAGED`, `TST_COUNTS_TOO_LARGE`
   */
  results(wanted?: Wanted): CoverageResults
  /**
   * The text that was counted; undefined where the file does not have it.
   *
   * @throws TstraceError `TST_COUNTS_DAMAGED`
   */
  text(version: SourceVersion): string | undefined
}

/**
 * Opens a counts file for questions.
 *
 * @param file absolute path
 * @throws TstraceError `TST_CANNOT_READ`, also where there is none; `TST_COUNTS_DAMAGED`, `TST_COUNTS_FOREIGN`,
 * `TST_COUNTS_NEWER` or `TST_COUNTS_COMPRESSION`; `TST_COUNTS_PROJECT` for one of another project; `TST_LABEL` for labels
 * that no run has
 */
export function readRecording(file: string, { labels = [], root }: RecordingOptions): Recording {
  const { counted, head } = readCountsFile(file)
  const { base, project } = identifyProject(root)
  if (!isSameProject(head.project, project)) throw ofOtherProject(file, head.project, root)
  const all = rebaseResults(sumLabelled(counted, labels), head.base, base)
  return {
    runs: head.runs.filter(({ label }) => hasLabels(label, labels)),
    labels: [...new Set(head.runs.map(({ label }) => label))].sort(),
    contexts: () => all.contexts(),
    versions: () => all.versions(),
    results: () => all,
    text: () => undefined,
  }
}

function ofOtherProject(file: string, project: string, root: string): TstraceError {
  const message = `${file} is of the project ${project}, not of that in ${root}.`
  return new TstraceError('TST_COUNTS_PROJECT', `${message} Ask in the folder of the project that it is of.`)
}
