import type { TestSpecification, Vitest } from '../vitest-versions.ts'

/** Why not all tests of the test files of a run ran, as a sentence; undefined where they did. */
export function partOfRun(vitest: Vitest, specifications: readonly TestSpecification[]): string | undefined {
  const { config, configOverride, isCancelling } = vitest
  const pattern = configOverride?.testNamePattern ?? config.testNamePattern
  if (isCancelling) return 'It was stopped before its end.'
  if (pattern) return `It was of tests with the name ${pattern}.`
  if (config.tagsFilter && config.tagsFilter.length > 0) return 'It was of tests with certain tags.'
  const isPart = specifications.some(({ testIds, testLines, testNamePattern }) =>
    [testIds, testLines, testNamePattern].some((filter) => filter !== undefined),
  )
  return isPart ? 'It was of some tests of its test files.' : undefined
}
