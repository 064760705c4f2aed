/** What a path is to the test runner. Paths are absolute. */
export interface TestFiles {
  /** Name of the runner, for reasons: `Vitest`. */
  readonly runner: string
  /** Which dependencies the runner transforms, as a sentence; not there where it does that of all that `include` names. */
  readonly dependencies?: string
  /** Holds tests. */
  isTest(path: string): boolean
  /** Is loaded by the runner itself before or around the tests. */
  isSetup(path: string): boolean
}
