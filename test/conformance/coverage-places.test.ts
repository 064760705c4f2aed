import remapping from '@jridgewell/remapping'
import { type InstrumentOptions, instrument } from '@tstrace/instrument'
import { transform as transformWithEsbuild } from 'esbuild'
import coverage, {
  type CoverageMapData,
  type FileCoverageData,
  type Location,
  type Range,
} from 'istanbul-lib-coverage'
import { createInstrumenter } from 'istanbul-lib-instrument'
import sourceMaps from 'istanbul-lib-source-maps'
import { transformWithOxc } from 'vite'
import { describe, expect, test } from 'vitest'
import { IS_WHOLE } from '../e2e/matrix.ts'
import { filesOf, ownSources, type RealSource } from './real-sources.ts'

/*
 * The user's own coverage, with us in front of the compiler and without us: Istanbul instruments what the compiler
 * makes of the text, and looks every statement, function and branch up in the map. Each must be found in the same place.
 */

interface Compiled {
  readonly code: string
  readonly map: object
}

const compilers: Record<'oxc' | 'esbuild', (source: string) => Promise<Compiled>> = {
  oxc: async (source) => {
    const { code, map } = await transformWithOxc(source, '/source.ts', { sourcemap: true })
    return { code, map: typeof map === 'string' ? JSON.parse(map) : map }
  },
  esbuild: async (source) => {
    const { code, map } = await transformWithEsbuild(source, {
      loader: 'ts',
      sourcemap: 'external',
      sourcefile: '/source.ts',
      target: 'esnext',
    })
    return { code, map: JSON.parse(map) }
  },
}

const shown = ({ column, line }: Location): string => `${line}:${column}`
const range = ({ end, start }: Range): string => `${shown(start)}-${shown(end)}`
const part = (place: Range): string => (place.start.line === undefined ? 'none' : range(place))

/** Everything Istanbul says about a compiled text but its counts, in terms of the source. */
async function placesOf({ code, map }: Compiled): Promise<string[]> {
  const instrumenter = createInstrumenter({ esModules: true })
  instrumenter.instrumentSync(code, '/source.ts', { ...map, sources: ['/source.ts'] } as never)
  const data: CoverageMapData = structuredClone({ '/source.ts': instrumenter.lastFileCoverage() as never })
  const mapped = await sourceMaps.createSourceMapStore().transformCoverage(coverage.createCoverageMap(data))
  const file = mapped.data['/source.ts'] as { toJSON(): FileCoverageData } | undefined
  if (!file) return []
  const { branchMap, fnMap, statementMap } = file.toJSON()
  return [
    ...Object.values(statementMap).map((place) => `statement ${range(place)}`),
    // An anonymous function is named by its number, and functions of ours have one too.
    ...Object.values(fnMap).map(
      ({ decl, loc, name }) => `function ${name.replace(/\d+/, '')} ${range(decl)} ${range(loc)}`,
    ),
    ...Object.values(branchMap).map(
      ({ loc, locations, type }) => `${type} ${range(loc)} ${locations.map(part).join(' ')}`,
    ),
  ]
}

/** What is found elsewhere, or not at all, because of us: `-` without, `+` with us. */
async function differences(
  { source }: Pick<RealSource, 'source'>,
  compiler: 'oxc' | 'esbuild',
  options: Partial<InstrumentOptions>,
): Promise<{ places: number; moved: string[] }> {
  const made = instrument(source, { file: 'source.ts', ...options, compiler })
  if (!made) return { places: 0, moved: [] }
  const plain = await placesOf(await compilers[compiler](source))
  const compiled = await compilers[compiler](made.code)
  const map = remapping([compiled.map, made.map] as never, () => null)
  const traced = await placesOf({ code: compiled.code, map })
  return {
    places: plain.length,
    moved: [
      ...without(plain, traced).map((place) => `- ${place}`),
      ...without(traced, plain).map((place) => `+ ${place}`),
    ],
  }
}

function without(places: readonly string[], others: readonly string[]): string[] {
  const left = [...others]
  return places.filter((place) => {
    const index = left.indexOf(place)
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
}

/** In `npm test` a third of them, and of these each third in one way. */
const sources = [
  ...filesOf('rxjs', 'src/internal', /\.ts$/).filter((_, n) => n % 3 === 0),
  ...filesOf('zod', 'src/v4/core', /\.ts$/),
  ...ownSources(),
].filter((_, n) => IS_WHOLE || n % 3 === 0)

describe.each([
  ['oxc', {}, 0],
  ['oxc', { calls: true }, 1],
  ['esbuild', {}, 2],
] as const)('%s %j', (compiler, options, way) => {
  test('statements, functions and branches are where they are without us', async () => {
    let places = 0
    const isDelegated = 'calls' in options
    for (const source of sources.filter((_, n) => IS_WHOLE || n % 3 === way)) {
      if (isDelegated && /\byield\*/.test(source.source)) continue
      const found = await differences(source, compiler, options)
      places += found.places
      expect.soft(found.moved, source.file).toEqual([])
    }
    expect(places).toBeGreaterThan(IS_WHOLE ? 10_000 : 1000)
  })
})

test.each([
  '({ c, line }: P): number => ',
  '({ c, line }?: P) => ',
  '({ c, line }) => ',
  '([c]: P): { a: B } => ',
  '(c: P, line: Map<string, X>): Y<Z> => ',
  '(): number => ',
  '() => ',
  'async (c: P): Promise<X> => ',
])('the body of an arrow function is where it is without us: %s(a ?? 0) + 1', async (head) => {
  const source = `const f = ${head}(a ?? 0) + 1\n`
  for (const compiler of ['oxc', 'esbuild'] as const)
    expect((await differences({ source }, compiler, {})).moved, compiler).toEqual([])
})

test('with calls, `yield*` is a branch more, as the guide says', async () => {
  const source = 'export function* all(xs: Iterable<number>) {\n  yield* xs\n}\n'
  for (const compiler of ['oxc', 'esbuild'] as const) {
    expect((await differences({ source }, compiler, {})).moved).toEqual([])
    const { moved } = await differences({ source }, compiler, { calls: true })
    expect(moved).toEqual([expect.stringMatching(/^\+ binary-expr 2:/)])
  }
})

test('a place that moves is found', async () => {
  // What esbuild leaves of such a function needs another statement: it declares it with `let`.
  const source = 'export function outer() {\n  function inner() {}\n  return inner\n}\n'
  expect((await differences({ source }, 'esbuild', { calls: true })).moved).not.toEqual([])
  expect((await differences({ source }, 'esbuild', {})).moved).toEqual([])
})
