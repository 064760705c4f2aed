import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type PlainKind, writePlainSources } from '../jest-plain-sources.ts'
import { ANY_JEST_MAJOR, type JestMajor, type JestProject, jestProject } from '../jest-project.ts'
import { LATER, TRANSFORMERS, TRANSFORMS } from '../jest-transforms.ts'
import { rowsOf } from '../matrix.ts'
import { unmarkedListing } from '../unmarked-listing.ts'
import { BESIDE_COVERAGE } from './where.ts'

const FIXTURE = new URL('../beside-coverage/fixtures/', import.meta.url)
const ENGINE_MODULES = '--experimental-vm-modules --no-warnings'

/** A way of getting from a file on disk to what runs. */
interface Way {
  readonly config: object
  readonly nodeOptions?: string
  /** The sources without types, as modules of this kind. */
  readonly plain?: PlainKind
}

const mapped = { moduleNameMapper: { '^(\\.+/.+)\\.js$': '$1' } }

const WAYS: Readonly<Record<string, Way>> = {
  ...Object.fromEntries(
    TRANSFORMERS.map((name) => [name, { config: { transform: TRANSFORMS[name], ...mapped } }]),
  ),
  'an asynchronous transformer and modules of the engine': { config: LATER, nodeOptions: ENGINE_MODULES },
  'no transformer': { config: { transform: {} }, plain: 'cjs' },
  'no transformer and modules of the engine': {
    config: { transform: {} },
    plain: 'mjs',
    nodeOptions: ENGINE_MODULES,
  },
}

interface Wanted {
  readonly provider?: 'babel' | 'v8'
  /** The value of TSTRACE; undefined for no tracing at all. */
  readonly tracing?: string
}

interface Covered {
  /** Jest's own coverage, if any. */
  readonly coverage: string
  /** Our listings, if any. */
  readonly listing: string
}

/** Functions without a name that V8 names after what stands behind them, unless something is called in between. */
const SIZED = `
function sized(least: () => number, grown: (size: number) => number, options: { limit: number }) {
  return Math.min(grown(least()), options.limit)
}

export const SIZE = sized(
  () => 1,
  (size) => {
    return size * 2
  },
  { limit: 4 },
)
`

function projectOf(major: JestMajor, { plain }: Way): JestProject {
  const project = jestProject(major, FIXTURE)
  project.write('src/zone.ts', project.read('src/zone.ts') + SIZED)
  // Without its parentheses, which compilers may take away, it is what the guide says differs.
  const ways = project
    .read('src/ways.ts')
    .replace('(await choice.inner) ??', '(await choice.inner, undefined) ??')
  project.write('src/ways.ts', ways)
  if (plain) writePlainSources(project, ['src/parcel', 'src/ways', 'src/zone', 'test/parcel.test'], plain)
  return project
}

async function run(project: JestProject, way: Way, { provider, tracing }: Wanted): Promise<Covered> {
  const { config, nodeOptions, plain = 'ts' } = way
  const complete = {
    cacheDirectory: '<rootDir>/../cache',
    testMatch: [`**/*.test.${plain}`],
    moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts'],
    collectCoverage: provider !== undefined,
    collectCoverageFrom: [`src/**/*.${plain}`],
    coverageReporters: ['json'],
    coverageProvider: provider ?? 'babel',
    reporters: ['default', ...(tracing === undefined ? [] : ['tstrace/jest'])],
    ...config,
  }
  project.write('jest.config.json', JSON.stringify(complete))
  const env = { TSTRACE: tracing ?? '', ...(nodeOptions && { NODE_OPTIONS: nodeOptions }) }
  const { status, stderr } = await project.jest([], { env })
  expect(status, stderr).toBe(0)
  expect(stderr).not.toContain('tstrace:')
  const listing = (path: string): string => project.read(`coverage/tstrace/src/${path}.cover`)
  return {
    coverage: provider ? project.read('coverage/coverage-final.json') : '',
    listing: tracing === undefined ? '' : listing('parcel') + listing('zone'),
  }
}

/** The listings without coverage, of each kind of sources: they are the same in each way to get to what runs. */
const alone = new Map<PlainKind | undefined, Promise<Covered>>()

function listingAlone(way: Way): Promise<Covered> {
  const listing = alone.get(way.plain) ?? run(projectOf(30, way), way, { tracing: '' })
  alone.set(way.plain, listing)
  return listing
}

const ROWS = rowsOf(
  {
    way: Object.keys(WAYS),
    major: BESIDE_COVERAGE.jest,
    provider: ['babel', 'v8'],
    tracing: ['', '--trackcalls', '--branches'],
  },
  1,
)

test.each(ROWS)(
  'Jest $major, $way: coverage by $provider is the same to the byte with counts $tracing, and so are listings',
  async ({ major, provider, tracing, way: name }) => {
    const way = WAYS[name] as Way
    const project = projectOf(major, way)
    const plain = await run(project, way, { provider })
    const traced = await run(project, way, { provider, tracing })
    expect(plain.coverage).toContain('parcel')
    expect(traced.coverage).toBe(plain.coverage)
    expect(traced.listing).toMatch(/ {4}3: {3}let sum = zone\(parcel.country\)/)
    expect(unmarkedListing(traced.listing)).toBe((await listingAlone(way)).listing)
  },
)

const WAITED = `export async function waited(given?: number) {
  const size = given ?? await Promise.resolve(2)
  const twice = size * 2
  return twice
}
`
const WAITED_TEST = `import { waited } from '../src/waited.js'
test('waits for nothing', async () => expect(await waited(3)).toBe(6))
`

test.each(ANY_JEST_MAJOR)(
  'Jest %i: for V8 nothing ran behind an arm that ends with `await` and did not run, unless calls are recorded',
  async (major) => {
    const way: Way = { config: { transform: TRANSFORMS.esbuild, ...mapped } }
    const project = projectOf(major, way)
    project.write('src/waited.ts', WAITED)
    project.write('test/waited.test.ts', WAITED_TEST)
    const path = join(project.folder, 'src/waited.ts')
    const behind: unknown[] = []
    for (const tracing of [undefined, '--trackcalls']) {
      const { coverage } = await run(project, way, {
        provider: 'v8',
        ...(tracing !== undefined && { tracing }),
      })
      const { s } = (JSON.parse(coverage) as Record<string, { s: Record<string, number> }>)[path] ?? { s: {} }
      behind.push([s[2], s[3]])
    }
    expect(behind).toEqual([
      [0, 0],
      [1, 1],
    ])
  },
)

/** Whoever compiles this file would look for a map of it. */
const URL_OF_MAP = 'sourceMappingURL'

/** What a compiler has made of TypeScript, beside its map: as packages of a workspace load one another. */
const BUILT = `"use strict";
exports.half = half;
function half(n) {
  if (n > 9) {
    throw new RangeError("too large");
  }
  return n / 2;
}
//# ${URL_OF_MAP}=half.js.map
`
const MAP_OF_BUILT = {
  ...{ version: 3, file: 'half.js', sources: ['../src/half.ts'], names: [] },
  mappings:
    ';AAKA,oBAKC;AALD,SAAgB,IAAI,CAAC,CAAS;IAC5B,IAAI,CAAC,GAAG,CAAC,EAAE,CAAC;QACV,MAAM,IAAI,UAAU,CAAC,WAAW,CAAC,CAAA;IACnC,CAAC;IACD,OAAO,CAAC,GAAG,CAAC,CAAA;AACd,CAAC',
}

test('a file with a map of its own is counted as what it is, beside coverage, too', async () => {
  const project = jestProject(30, FIXTURE)
  project.write('lib/half.js', BUILT)
  project.write('lib/half.js.map', JSON.stringify(MAP_OF_BUILT))
  project.write(
    'test/half.test.cjs',
    "test('half', () => expect(require('../lib/half.js').half(8)).toBe(4))\n",
  )
  const transforms = { babel: TRANSFORMS['babel-jest'], none: {} }
  const ways = Object.entries(transforms).map(([displayName, transform]) => ({
    ...{ displayName, testMatch: ['**/half.test.cjs'], transform },
  }))
  const coverage = { collectCoverage: true, coverageReporters: ['json'] }
  const config = { projects: ways, reporters: ['default', 'tstrace/jest'], ...coverage }
  project.write('package.json', '{}\n')
  project.write('jest.config.json', JSON.stringify(config))
  const { status, stderr } = await project.jest([])
  expect({ status, said: stderr.split('\n').filter((line) => line.startsWith('tstrace:')) }, stderr).toEqual({
    status: 0,
    said: [],
  })
  expect(project.read('coverage/tstrace/lib/half.cover')).toBe(`       "use strict";
    2: exports.half = half;
    2: function half(n) {
    2:   if (n > 9) {
>>>>>>     throw new RangeError("too large");
         }
    2:   return n / 2;
       }
       //# ${URL_OF_MAP}=half.js.map
`)
})
