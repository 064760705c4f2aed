export { type Collected, Collector, type KnownTable, type TableFor } from './collect/collector.ts'
export type { Counted, CountedEdge, CountedSource } from './collect/counted.ts'
export { decodeFrames, type Frame, type FrameLabel } from './collect/frame.ts'
export { TstraceError } from './errors.ts'
export {
  digest,
  type Instrumented,
  type InstrumentOptions,
  instrument,
  languageOf,
} from './instrument/instrument.ts'
export type { Language } from './instrument/parse.ts'
export type { SourceMap } from './instrument/source-map.ts'
export { CoverageResults } from './results/coverage-results.ts'
