import type { Source } from './sources.ts'

export interface Instrumenter {
  readonly name: string
  /** Loads the tool; what comes back instruments one source and returns the length of the code and of the map. */
  readonly load: () => Promise<(source: Source) => [code: number, map: number]>
}

/** All with source map; Istanbul with the options that Vitest's Istanbul provider gives it. */
export const instrumenters: readonly Instrumenter[] = [
  { name: 'tstrace, counts', load: () => tstrace(false) },
  { name: 'tstrace, counts + calls', load: () => tstrace(true) },
  { name: 'oxc-coverage-instrument', load: oxcCoverage },
  { name: 'istanbul-lib-instrument', load: istanbul },
]

async function tstrace(calls: boolean) {
  const { instrument } = await import('@tstrace/instrument')
  return ({ file, text }: Source): [number, number] => {
    const done = instrument(text, { file, calls })
    return [done?.code.length ?? 0, done?.map.mappings.length ?? 0]
  }
}

/** Types are left in, as we leave them in: stripping them is work that we do not do either. */
async function oxcCoverage() {
  const { instrument } = await import('oxc-coverage-instrument')
  return ({ file, text }: Source): [number, number] => {
    const done = instrument(text, file, { sourceMap: true, stripTypescript: false })
    return [done.code.length, done.sourceMap?.length ?? 0]
  }
}

async function istanbul() {
  const { createInstrumenter } = await import('istanbul-lib-instrument')
  return ({ file, text }: Source): [number, number] => {
    const instrumenter = createInstrumenter({
      produceSourceMap: true,
      esModules: true,
      compact: false,
      autoWrap: false,
      parserPlugins: file.endsWith('.ts') ? ['typescript'] : [],
    })
    const code = instrumenter.instrumentSync(text, file)
    return [code.length, (instrumenter.lastSourceMap() as unknown as { mappings: string }).mappings.length]
  }
}
