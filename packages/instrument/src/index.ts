/*
 * Source text in; code with counters, and what each of them stands for, out.
 */
export {
  type CompiledSource,
  type InstrumentedCompiled,
  instrumentCompiled,
} from './compiled/instrument-compiled.ts'
export { hasLoadedReactCompiler } from './compiled/react-compiler.ts'
export { readsText } from './compiled/reads-text.ts'
export { componentTable } from './components/component-table.ts'
export type { CoverageSites, PlacedSpan } from './instrument/coverage-sites.ts'
export { isInstrumented } from './instrument/helper.ts'
export type { UnmappedCalls } from './instrument/imported-calls.ts'
export {
  coverageSitesOf,
  digest,
  type Instrumented,
  type InstrumentOptions,
  instrument,
  siteTableOf,
  sourceId,
} from './instrument/instrument.ts'
export type { Compiler } from './instrument/mapped-tokens.ts'
export { loadParser, type ParseRaw, startParser, type Tree } from './instrument/parser.ts'
export type { SourceMap } from './instrument/source-map.ts'
export { TestPlaces } from './instrument/test-places.ts'
