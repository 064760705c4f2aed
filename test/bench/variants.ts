import { Session } from 'node:inspector/promises'
import type { DecodedFrame } from '@tstrace/core/adapter'

/** How the folder of the modules that run is called, so that V8's counts of them can be told from others. */
export const MODULES = 'tstrace-bench-'

export interface Variant {
  readonly name: string
  /** The text that runs instead of the module's own. */
  readonly textOf: (source: string, file: string) => Promise<string>
  /** Called before the module is loaded; what comes back tells afterwards how much has been counted. */
  readonly watch: () => Promise<() => Promise<number>>
}

/** The first is what the others are compared with. */
export const variants: readonly Variant[] = [
  { name: 'plain', textOf: async (source) => source, watch: async () => async () => 0 },
  { name: 'tstrace, counts', textOf: tstraceText(false), watch: async () => tstraceCounted },
  { name: 'tstrace, counts + calls', textOf: tstraceText(true), watch: async () => tstraceCalls },
  { name: 'Istanbul', textOf: istanbulText, watch: async () => istanbulCounted },
  { name: 'V8 precise coverage', textOf: async (source) => source, watch: watchV8 },
]

function tstraceText(calls: boolean) {
  return async (source: string, file: string): Promise<string> => {
    const { instrument } = await import('@tstrace/instrument')
    return instrument(source, { file, calls })?.code ?? source
  }
}

const sum = (numbers: Iterable<number>): number => {
  let total = 0
  for (const number of numbers) total += number
  return total
}

async function tstraceFrames(): Promise<DecodedFrame[]> {
  const { drain } = await import('@tstrace/core/worker')
  const { decodeFrames } = await import('@tstrace/core/adapter')
  const bytes = drain({ testFile: '', project: '' })
  return bytes ? decodeFrames(bytes).frames : []
}

async function tstraceCounted(): Promise<number> {
  return sum((await tstraceFrames()).flatMap(({ sources }) => sources.map(({ counts }) => sum(counts))))
}

async function tstraceCalls(): Promise<number> {
  return sum((await tstraceFrames()).flatMap(({ edges }) => edges.map(({ calls }) => calls)))
}

async function istanbulText(source: string, file: string): Promise<string> {
  const { createInstrumenter } = await import('istanbul-lib-instrument')
  return createInstrumenter({ esModules: true, compact: false, autoWrap: false }).instrumentSync(source, file)
}

async function istanbulCounted(): Promise<number> {
  const { __coverage__ = {} } = globalThis as { __coverage__?: Record<string, { s: Record<string, number> }> }
  return sum(Object.values(__coverage__).map(({ s }) => sum(Object.values(s))))
}

async function watchV8(): Promise<() => Promise<number>> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  return async () => {
    const { result } = await session.post('Profiler.takePreciseCoverage')
    const ours = result.filter(({ url }) => url.includes(MODULES))
    return sum(ours.flatMap(({ functions }) => functions.map(({ ranges }) => ranges[0]?.count ?? 0)))
  }
}
