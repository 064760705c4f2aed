/*
 * Source maps of compilers, for adapters: little, and loaded fast.
 */
export { NOTHING } from './compiled/flat-map.ts'
export { chained, LineMap, type RawMap, withInsertions } from './compiled/line-map.ts'
export { TracedMappings, throughBoth } from './compiled/traced-mappings.ts'
