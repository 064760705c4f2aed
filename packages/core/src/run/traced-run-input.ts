import type { ResolvedOptions } from '../options/tstrace-options.ts'
import type { TestFiles } from './test-files.ts'
import type { RunReportInput } from './write-report.ts'

/** What there is to know of a test run before it begins. */
export interface TracedRunInput extends Pick<RunReportInput, 'page' | 'screen'> {
  /** Absolute path of the project root. */
  readonly root: string
  readonly options: ResolvedOptions
  readonly tests: TestFiles
  /** Name and version of the runner: `vitest 5.1.1`. */
  readonly runner: string
  /** Which of several shards of one run this is: `2/3`. Default: none. */
  readonly shard?: string | undefined
  /** Whether functions are to have the names that V8 gives them without counters, for coverage by V8's names. Default: they need not */
  readonly keepNames?: boolean
  /** Folder in which the runner keeps what it has made of sources. Default: it keeps nothing. */
  readonly cache?: string | undefined
  /** Whether others are given what the run counts: `countsText`. Default: nobody is. */
  readonly isSent?: boolean
  /** Whether the runner goes on, and runs again what has changed. Default: it ends */
  readonly isWatching?: boolean
  /** Whether test files share the modules they load. Default: each loads its own */
  readonly sharesModules?: boolean
  /** Why nothing may be written into the output folder, as a sentence. Default: it may */
  readonly closedFolder?: () => string | undefined
}
