import { CoverageResults } from '../results/coverage-results.ts'
import { hasLabels } from './label-text.ts'
import type { LabelledResults } from './labelled-results.ts'

/**
 * What was counted under all labels, or under those that have all of some. Of a single label it is what was given: a copy
 * would take as much memory once more.
 *
 * @param labels each `key=value`
 */
export function sumLabelled(counted: LabelledResults, labels: readonly string[] = []): CoverageResults {
  const [first, ...others] = [...counted].filter(([label]) => hasLabels(label, labels))
  if (first && others.length === 0) return first[1]
  const sum = new CoverageResults()
  for (const [, results] of first ? [first, ...others] : []) sum.update(results)
  return sum
}
