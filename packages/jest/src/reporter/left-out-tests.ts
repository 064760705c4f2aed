import type { FileResult } from '../jest-versions.ts'

/**
 * The names of the tests of a test file that a pattern has left out of a run, each with those of the blocks around it.
 *
 * @param pattern undefined or '' for none
 */
export function leftOutTests({ testResults }: FileResult, pattern: string | undefined): string[][] {
  if (!pattern) return []
  const asked = new RegExp(pattern, 'i')
  return testResults
    .map(({ ancestorTitles, title }) => [...ancestorTitles, title])
    .filter((titles) => !asked.test(titles.join(' ')))
}
