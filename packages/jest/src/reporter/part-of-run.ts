import type { GlobalConfig, RunResults } from '../jest-versions.ts'

/** Why not all tests of the test files of a run ran, as a sentence; undefined where they did. */
export function partOfRun(
  { bail = 0, testNamePattern }: GlobalConfig,
  { numFailedTests, wasInterrupted = false }: RunResults,
): string | undefined {
  if (wasInterrupted || (bail > 0 && numFailedTests >= bail)) return 'It was stopped before its end.'
  return testNamePattern ? `It was of tests with the name ${testNamePattern}.` : undefined
}
