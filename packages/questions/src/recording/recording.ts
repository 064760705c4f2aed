import type { CoverageResults, RunRecord, SourceVersion } from '@tstrace/core/adapter'

/** Whether the text that ran is what is on disk now; `unknown` where nobody has looked. */
export type TextState = 'same' | 'changed' | 'gone' | 'unknown'

/** What questions are asked of: what one or several runs left. */
export interface Recording {
  /** Name of the file it is in. */
  readonly file: string
  /** Those whose counts are in `results`. */
  readonly runs: readonly RunRecord[]
  /** Paths start at the folder in which the question is asked. */
  readonly results: CoverageResults
  readonly stateOf: (text: SourceVersion) => TextState
}
