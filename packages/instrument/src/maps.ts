/*
 * Source maps of compilers, for adapters: little, and loaded fast.
 */
export { chained, LineMap, type RawMap, withInsertions } from './compiled/line-map.ts'
