import type { SourceVersion } from '@tstrace/results'
import type { Recording, TextState } from './recording.ts'

/** Which recording an answer is from, and which texts it is about. */
export interface About {
  /** Name of the file of the recording. */
  readonly file: string
  readonly runs: readonly AboutRun[]
  /** The texts that the answer speaks of, sorted by path. */
  readonly sources: readonly AboutSource[]
}

export interface AboutRun {
  /** In UTC: `2026-11-21T18:00:00.000Z`. */
  readonly started: string
  /** '' where that is not known. */
  readonly commit: string
  /** Name and version of what ran the tests: `vitest 5.1.1`. */
  readonly runner: string
  /** '' for none. */
  readonly label: string
  /** What of the run is missing, as sentences; '' for nothing. */
  readonly losses: string
}

export interface AboutSource extends SourceVersion {
  readonly state: TextState
}

export function aboutOf({ file, runs, stateOf }: Recording, texts: readonly SourceVersion[]): About {
  return {
    file,
    runs: runs.map(({ commit, label, losses, runner, started }) => ({
      started,
      commit,
      runner,
      label,
      losses,
    })),
    sources: texts.map(({ hash, path }) => ({ path, hash, state: stateOf({ path, hash }) })),
  }
}
