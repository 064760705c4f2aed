/*
 * The types of `index.cjs`, for whoever is compiled to CommonJS.
 */
import type * as tstrace from './index.js' with { 'resolution-mode': 'import' }

export type * from './index.js' with { 'resolution-mode': 'import' }
export declare const CoverageResults: typeof tstrace.CoverageResults
export type CoverageResults = tstrace.CoverageResults
export declare const Trace: typeof tstrace.Trace
export type Trace = tstrace.Trace
export declare const TstraceError: typeof tstrace.TstraceError
export type TstraceError = tstrace.TstraceError
declare const reporter: typeof tstrace.default
export default reporter
