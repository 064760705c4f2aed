/*
 * For the packages of tstrace itself: what results are made by. It changes with them.
 */
export { checkResultsData } from './results/check-results-data.ts'
export { checkSiteTable } from './results/check-site-table.ts'
export { codePointOrder } from './results/code-point-order.ts'
export { compareContexts, contextKey } from './results/context.ts'
export { ContextCounts, type KeptCounts, type PackedContextCounts } from './results/context-counts.ts'
export { type Part, visitCounts } from './results/context-part.ts'
export { shown } from './results/damage.ts'
export { lineCounts } from './results/line-counts.ts'
export { type PackedSiteTable, packSiteTable, unpackSiteTable } from './results/packed-site-table.ts'
export { PairCounts } from './results/pair-counts.ts'
export type { FunctionPair, RecordedContexts } from './results/recorded-contexts.ts'
export { resultsFormat, resultsVersion, sourceRecord } from './results/results-document.ts'
export { isHash } from './results/sound-counts.ts'
export { pathProblem } from './results/source-path.ts'
