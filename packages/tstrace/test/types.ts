/*
 * Checked by the compiler only: what people can and cannot write.
 */
import { CoverageResults, Trace, type TraceOptions, type WriteOptions } from '../src/index.ts'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

const options: TraceOptions = { count: true, ignoremods: ['a'], timing: false }
const tracer = new Trace(options)

// A function keeps its parameters and its result.
const length = tracer.runfunc((text: string, more?: number) => text.length + (more ?? 0), 'text')
export const lengthIsNumber: Same<typeof length, number> = true
const later = tracer.runfunc(async (flag: boolean) => flag, true)
export const laterIsPromise: Same<typeof later, Promise<boolean>> = true
// @ts-expect-error a parameter is missing
tracer.runfunc((text: string) => text)
// @ts-expect-error a parameter has another type
tracer.runfunc((text: string) => text, 1)
// @ts-expect-error no such option
new Trace({ counts: true })
// A list as one text, and our names beside Python's.
new Trace({ ignoremods: 'a,b', ignoreDir: ['c'], listfuncs: true, include: 'src/**', file: 'sum.counts' })
// @ts-expect-error lines of a tracer are on standard output anyway
new Trace({ trace: 'stdout' })
// @ts-expect-error an option of test runners
new Trace({ listTests: true })

const module = await tracer.import<{ f(): number }>('./f.ts', import.meta.url)
export const f: Same<typeof module, { f(): number }> = true

const results: CoverageResults = tracer.results()
results.update(new CoverageResults('counts.json', { root: '.', outfile: 'sum.json' }))
const write: WriteOptions = { showMissing: false, summary: true, coverdir: 'out', ignoreMissingFiles: true }
results.writeResults(write)
results.writeResults({ missing: false })
// @ts-expect-error Python's spelling
results.writeResults({ show_missing: true })
const lines = results.lineCounts('a.ts')
export const linesAreCounts: Same<typeof lines, Map<number, number>> = true
