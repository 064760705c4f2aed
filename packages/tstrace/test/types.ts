/*
 * Checked by the compiler only: what people can and cannot write.
 */
import {
  type Context,
  type ContextCount,
  CoverageResults,
  type NamedContext,
  type TestContext,
  Trace,
  type TraceOptions,
  type WriteOptions,
} from '../src/index.ts'

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

// A context gives what its function gives.
const inContext = tracer.context('parsing', () => 1)
export const inContextIsNumber: Same<typeof inContext, number> = true
const laterInContext = tracer.context('parsing', async () => 'done')
export const laterInContextIsPromise: Same<typeof laterInContext, Promise<string>> = true
// @ts-expect-error the name comes first
tracer.context(() => 1, 'parsing')
// @ts-expect-error a function without parameters
tracer.context('parsing', (text: string) => text)

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

// What was running, and what was counted meanwhile.
const contexts = results.contexts()
export const contextsAreContexts: Same<typeof contexts, Context[]> = true
const tests = contexts.filter((context): context is TestContext => context.kind === 'test')
export const titles: readonly string[] | undefined = tests[0]?.titles
export const state: 'passed' | 'failed' | 'skipped' | 'unfinished' | undefined = tests[0]?.state
const named: NamedContext = { kind: 'named', name: 'parsing' }
const lineCounts = results.of(named).lineCounts('a.ts')
export const linesOfContext: Same<typeof lineCounts, Map<number, number>> = true
const ran = results.testsOf('a.ts', 3)
export const ranIsCounted: Same<typeof ran, ContextCount[]> = true
results.testsOf('a.ts', 3, '0123456789abcdef')
// @ts-expect-error no such kind
results.of({ kind: 'request', name: 'parsing' })
// @ts-expect-error a name is no context
results.of('parsing')
// @ts-expect-error no line
results.testsOf('a.ts')
for (const context of contexts)
  if (context.kind === 'overlap')
    // @ts-expect-error what overlaps are no overlaps
    for (const member of context.members) if (member.kind === 'overlap') break
// @ts-expect-error not every context has a name
export const name: string | undefined = contexts[0]?.name
