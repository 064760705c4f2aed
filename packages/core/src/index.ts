/*
 * What the README promises: counts of workers in, results out.
 */
export { type Collected, Collector, type TableFor } from './collect/collector.ts'
export type { Counted, CountedEdge, CountedSource } from './collect/counted.ts'
export type { GivenOptions, TstraceOptions } from './options/tstrace-options.ts'
