import { expect, test } from 'vitest'
import { JEST_MAJORS, type JestMajor, jestProject } from '../jest-project.ts'
import { rowsOf } from '../matrix.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

const swc = (target: string) => ({
  '\\.ts$': [
    '@swc/jest',
    {
      jsc: {
        target,
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true, decoratorMetadata: true },
      },
    },
  ],
})

/** Each hands decorators to functions of its own, elsewhere. */
const TRANSFORMS = {
  'ts-jest': { '\\.ts$': ['ts-jest', { isolatedModules: true }] },
  '@swc/jest': swc('es2022'),
  '@swc/jest for ES2017': swc('es2017'),
  esbuild: { '\\.ts$': '<rootDir>/esbuild-decorators.cjs' },
} as const

type Name = keyof typeof TRANSFORMS

const listings = new Map<JestMajor, Promise<string>>()

async function listingOf(major: JestMajor, name: Name, coverage?: string, tracing = ''): Promise<string> {
  const project = jestProject(major, FIXTURE, {
    transform: TRANSFORMS[name],
    reporters: ['default', 'tstrace/jest'],
    collectCoverage: coverage !== undefined,
    ...(coverage && { coverageProvider: coverage, coverageReporters: ['json'] }),
  })
  const { status, stderr } = await project.jest([], { env: { TSTRACE: tracing } })
  expect(status, stderr).toBe(0)
  expect(stderr).not.toContain('tstrace:')
  return project.read('coverage/tstrace/src/cats.cover')
}

/** Numbers come from the source, so that one listing is that of all. */
function listingAlone(major: JestMajor): Promise<string> {
  const listing = listings.get(major) ?? listingOf(major, '@swc/jest')
  listings.set(major, listing)
  return listing
}

const ROWS = rowsOf(
  {
    name: Object.keys(TRANSFORMS) as Name[],
    coverage: ['babel', 'v8'],
    major: JEST_MAJORS,
    tracing: ['', '--trackcalls'],
  },
  1,
)

test.each(ROWS)(
  'Jest $major, $name, $tracing: decorated classes are counted beside coverage by $coverage as without',
  async ({ major, name, coverage, tracing }) => {
    const alone = await listingAlone(major)
    expect(alone).toMatch(/^ {4}1: @Controller\(PREFIX\)$/m)
    expect(await listingOf(major, name, coverage, tracing)).toBe(alone)
  },
)
