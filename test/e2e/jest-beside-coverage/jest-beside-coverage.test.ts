import { expect, test } from 'vitest'
import { type PlainKind, writePlainSources } from '../jest-plain-sources.ts'
import { type JestMajor, type JestProject, jestProject } from '../jest-project.ts'
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
