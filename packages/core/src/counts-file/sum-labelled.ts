import { CoverageResults } from '../results/coverage-results.ts'
import type { LabelledResults } from './counts-lines.ts'
import { hasLabels } from './label-text.ts'

/**
 * What was counted under all labels, or under those that have all of some.
 *
 * @param labels each `key=value`
 */
export function sumLabelled(counted: LabelledResults, labels: readonly string[] = []): CoverageResults {
  const sum = new CoverageResults()
  for (const [label, results] of counted) if (hasLabels(label, labels)) sum.update(results)
  return sum
}
