import type { CoverageResults } from '../results/coverage-results.ts'

/** What was counted under each label; the label '' is that of runs without one. */
export type LabelledResults = ReadonlyMap<string, CoverageResults>
