/*
 * Source maps of compilers, for adapters: little, and loaded fast.
 */
export { withHiddenInsertions } from './compiled/hidden-insertions.ts'
export { chained, LineMap, type RawMap, type Spot, withInsertions } from './compiled/line-map.ts'
export { ownMappings } from './compiled/own-mappings.ts'
