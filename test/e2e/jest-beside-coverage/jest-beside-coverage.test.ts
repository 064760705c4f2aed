import { describe, expect, test } from 'vitest'
import { JEST_MAJORS, type JestProject, jestProject } from '../jest-project.ts'
import { TRANSFORMERS, TRANSFORMS, type TransformerName } from '../jest-transforms.ts'

const FIXTURE = new URL('../beside-coverage/fixtures/', import.meta.url)

interface Wanted {
  readonly transformer: TransformerName
  readonly provider?: 'babel' | 'v8'
  /** The value of TSTRACE; undefined for no tracing at all. */
  readonly tracing?: string
}

/** Runs the tests and gives Jest's own coverage, if any, and our listings, if any. */
async function run(
  project: JestProject,
  { transformer, provider, tracing }: Wanted,
): Promise<{ coverage: string; listing: string }> {
  const config = {
    cacheDirectory: '<rootDir>/../cache',
    transform: TRANSFORMS[transformer],
    moduleNameMapper: { '^(\\.+/.+)\\.js$': '$1' },
    collectCoverage: provider !== undefined,
    collectCoverageFrom: ['src/**/*.ts'],
    coverageReporters: ['json'],
    coverageProvider: provider ?? 'babel',
    reporters: ['default', ...(tracing === undefined ? [] : ['tstrace/jest'])],
  }
  project.write('jest.config.json', JSON.stringify(config))
  const { status, stderr } = await project.jest([], { env: { TSTRACE: tracing ?? '' } })
  expect(status, stderr).toBe(0)
  expect(stderr).not.toContain('tstrace:')
  const listing = (path: string): string => project.read(`coverage/tstrace/src/${path}.cover`)
  return {
    coverage: provider ? project.read('coverage/coverage-final.json') : '',
    listing: tracing === undefined ? '' : listing('parcel') + listing('zone'),
  }
}

interface FileCoverage {
  readonly s: object
  readonly f: object
  readonly b: object
}

/** How often everything ran, without the places. */
function hits(coverage: string, kinds: readonly ('s' | 'f' | 'b')[]): unknown {
  const files = JSON.parse(coverage) as Record<string, FileCoverage>
  return Object.entries(files).map(([path, file]) => [
    path,
    ...kinds.map((kind) => Object.values(file[kind])),
  ])
}

describe.each(JEST_MAJORS)('Jest %i', (major) => {
  test.each(TRANSFORMERS)(
    '%s: coverage by Istanbul is the same to the byte, and so are listings',
    async (transformer) => {
      const project = jestProject(major, FIXTURE)
      const alone = await run(project, { transformer, tracing: '' })
      const plain = await run(project, { transformer, provider: 'babel' })
      const counts = await run(project, { transformer, provider: 'babel', tracing: '' })
      const calls = await run(project, { transformer, provider: 'babel', tracing: '--trackcalls' })
      expect(counts.coverage).toBe(plain.coverage)
      expect(calls.coverage).toBe(plain.coverage)
      expect(alone.listing).toContain('    3:   let sum = zone(parcel.country)')
      expect(counts.listing).toBe(alone.listing)
      expect(calls.listing).toBe(alone.listing)
    },
  )

  // Where a branch ends for V8 depends on the very text (`notes/jest.md`), so that places can differ by some columns.
  test.each(TRANSFORMERS)(
    '%s: coverage by V8 has the same hits, and listings are the same',
    async (transformer) => {
      const project = jestProject(major, FIXTURE)
      const alone = await run(project, { transformer, tracing: '' })
      const plain = await run(project, { transformer, provider: 'v8' })
      const counts = await run(project, { transformer, provider: 'v8', tracing: '' })
      const kinds = transformer === 'esbuild' ? (['s'] as const) : (['s', 'f', 'b'] as const)
      expect(hits(counts.coverage, kinds)).toEqual(hits(plain.coverage, kinds))
      expect(counts.listing).toBe(alone.listing)
    },
  )
})
