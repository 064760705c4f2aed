/** What a path is to the test runner. Paths are absolute. */
export interface TestFiles {
  /** Name of the runner, for reasons: `Vitest`. */
  readonly runner: string
  /** Holds tests. */
  isTest(path: string): boolean
  /** Is loaded by the runner itself before or around the tests. */
  isSetup(path: string): boolean
}
