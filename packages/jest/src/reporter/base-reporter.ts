import { createRequire } from 'node:module'

/** What we use of the class that Jest's own reporters extend. */
export interface JestReporter {
  /** Prints a line where Jest prints its results: to standard error, as standard output may be JSON. */
  log(message: string): void
  onRunStart(results: unknown, options: unknown): void
  /** Asked for at the end of a run: an error makes it fail. */
  getLastError(): Error | undefined
}

/** Where the package of the Jest that runs says what it is: modules are found from there. */
export const JEST: string = createRequire(import.meta.url).resolve('jest/package.json')

/** The class of the Jest that runs: `@jest/reporters` is a dependency of a dependency of `jest`. */
export const BaseReporter: new () => JestReporter = ownBaseReporter()

/** Version of the Jest that runs. */
export const JEST_VERSION: string = (createRequire(import.meta.url)(JEST) as { version: string }).version

function ownBaseReporter(): new () => JestReporter {
  const core = createRequire(JEST).resolve('@jest/core')
  const reporters = createRequire(core)('@jest/reporters') as { BaseReporter: new () => JestReporter }
  return reporters.BaseReporter
}
