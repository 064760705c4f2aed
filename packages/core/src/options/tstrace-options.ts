/** The options of every front end, complete. Paths are as given: relative ones start at the project root. */
export interface TstraceOptions {
  /** Count how often each line runs and write one `.cover` listing per source file. */
  count: boolean
  /** Mark executable lines that never ran with `>>>>>> `. */
  missing: boolean
  /** Print lines, percentage, module and path of each source file. */
  summary: boolean
  /**
   * Show each line before it runs: in one `.trace` file per test file, or on standard output.
   */
  trace: boolean | 'stdout'
  /** Put the seconds since the test file began in front of each line that is shown. */
  timing: boolean
  /** Print the functions that were called. */
  listfuncs: boolean
  /** Print which function called which. */
  trackcalls: boolean
  /** Folder of the listings and of the results file. */
  coverdir: string
  /** Counts file that is read after the run, added to, and replaced; '' for none. */
  file: string
  /** Write and print no report; `file` is still updated. */
  noReport: boolean
  /** What sets this run apart from others, each `key=value`; counts with other labels are kept apart in `file`. */
  label: readonly string[]
  /** Dotted module names; a name also covers the modules below it. */
  ignoreModule: readonly string[]
  /** Folders; everything below them is ignored. */
  ignoreDir: readonly string[]
  /** Globs from the project root; when there are any, only files that match one are traced. */
  include: readonly string[]
  /** Globs from the project root; files that match one are not traced. */
  exclude: readonly string[]
  /** Also list source files that `include` names and nobody loaded. */
  all: boolean
  /** Also trace and list the files that hold the tests. */
  listTests: boolean
  /** Say for each file whether it is traced, and why. */
  debug: boolean
}

/** What one source of options says: any of them, a list also as a single string. */
export type GivenOptions = {
  -readonly [Name in keyof TstraceOptions]?: TstraceOptions[Name] extends readonly string[]
    ? string | readonly string[]
    : TstraceOptions[Name]
}
