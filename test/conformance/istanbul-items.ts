import { createInstrumenter } from 'istanbul-lib-instrument'
import { istanbulCoverage } from '../../packages/formats/src/istanbul-coverage.ts'
import { type Coverage, type Items, itemsOf } from './istanbul-coverage-items.ts'
import { fileOf, type Program, run, type Transformer } from './program.ts'

/** What Istanbul itself counts in a program. */
export async function theirItems(program: Program, transformer: Transformer): Promise<Items> {
  const istanbul = createInstrumenter({
    esModules: !program.commonjs || /^(import|export) /m.test(program.source),
    autoWrap: true,
    compact: false,
    coverageVariable: '__istanbul__',
    parserPlugins: [
      ...(/^ts/.test(program.language) ? (['typescript'] as const) : []),
      ...(/x$/.test(program.language) ? (['jsx'] as const) : []),
      ...(program.legacyDecorators ? (['decorators-legacy'] as const) : (['decorators'] as const)),
      'decoratorAutoAccessors' as never,
      'explicitResourceManagement' as never,
    ],
  })
  const shared = globalThis as { __istanbul__?: Readonly<Record<string, Coverage>> | undefined }
  shared.__istanbul__ = undefined
  const source = istanbul.instrumentSync(program.source, fileOf(program))
  await run({ ...program, source }, { transformer })
  const [coverage] = Object.values<Coverage>(shared.__istanbul__ ?? {})
  return coverage ? itemsOf(coverage) : new Map()
}

/** What we make of what we have counted in it. */
export async function ourItems(program: Program, transformer: Transformer): Promise<Items> {
  const { results } = await run(program, { transformer, instrument: { branches: true } })
  const [source] = results.sources()
  return source ? itemsOf(istanbulCoverage(program.source, [source], source.path)) : new Map()
}
