/*
 * What the README promises: counts of workers in, results out.
 */
export { type Collected, Collector } from './collect/collector.ts'
export type { Counted, CountedEdge, CountedSource } from './collect/counted.ts'
export type { TableFor } from './collect/fitting-table.ts'
export type { GivenOptions, TstraceOptions } from './options/tstrace-options.ts'
