import { describe, expect, test } from 'vitest'
import { type PlainKind, writePlainSources } from '../jest-plain-sources.ts'
import { JEST_MAJORS, type JestProject, jestProject } from '../jest-project.ts'
import { LATER, TRANSFORMERS, TRANSFORMS } from '../jest-transforms.ts'

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
  // Its type checks, which take most of its time, say the same beside coverage: they are given the text as it is.
  'ts-jest': { config: { transform: { '\\.[jt]sx?$': ['ts-jest', { isolatedModules: true }] }, ...mapped } },
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

/** Runs the tests and gives Jest's own coverage, if any, and our listings, if any. */
async function run(
  project: JestProject,
  way: Way,
  { provider, tracing }: Wanted,
): Promise<{ coverage: string; listing: string }> {
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

describe.each(JEST_MAJORS)('Jest %i', (major) => {
  test.each(Object.entries(WAYS))(
    '%s: coverage of both providers is the same to the byte, and so are listings',
    async (_name, way) => {
      const project = jestProject(major, FIXTURE)
      if (way.plain) writePlainSources(project, ['src/parcel', 'src/zone', 'test/parcel.test'], way.plain)
      const alone = await run(project, way, { tracing: '' })
      expect(alone.listing).toMatch(/ {4}3: {3}let sum = zone\(parcel.country\)/)
      for (const provider of ['babel', 'v8'] as const) {
        const plain = await run(project, way, { provider })
        expect(plain.coverage, provider).toContain('parcel')
        for (const tracing of ['', '--trackcalls']) {
          const traced = await run(project, way, { provider, tracing })
          expect.soft(traced.coverage, `${provider} ${tracing}`).toBe(plain.coverage)
          expect.soft(traced.listing, `${provider} ${tracing}`).toBe(alone.listing)
        }
      }
    },
  )
})
