/*
 * Checked by the compiler only: what is there for whoever is compiled to CommonJS.
 */
import tstrace, { type CoverageResults, Trace, type TraceOptions, TstraceError } from '../../src/index.cjs'

const options: TraceOptions = { trace: false }
const tracer: Trace = new Trace(options)
const results: CoverageResults = tracer.results()
export const calls: number = results.calls('src/a.ts')
export const length: number = tracer.runfunc((text: string) => text.length, 'text')
export const isError: boolean = new TypeError('no') instanceof TstraceError
export const reporter: { onTestRunEnd(): Promise<void> } = new tstrace()
// @ts-expect-error no such option
new Trace({ counts: true })
