import { expect, test } from 'vitest'
import { rowsOf } from '../matrix.ts'
import { unmarkedListing } from '../unmarked-listing.ts'
import { type Major, majorsOf, vitestProject } from '../vitest-project.ts'
import { BESIDE_COVERAGE } from './where.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)

interface Covered {
  /** Vitest's `coverage-final.json`, by path from the project. */
  readonly files: Readonly<Record<string, unknown>>
  readonly listing: string | undefined
}

async function covered(major: Major, provider: string, tracing?: string): Promise<Covered> {
  const project = vitestProject(major, FIXTURE)
  const coverage = ['enabled', `provider=${provider}`, 'reporter=json', 'include=src/**']
  const args = [...coverage.map((option) => `--coverage.${option}`), '--reporter=default']
  if (tracing !== undefined) args.push('--reporter=tstrace')
  const { status, stderr } = await project.vitest(args, { env: { TSTRACE: tracing ?? '' } })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  const text = project.read('coverage/coverage-final.json').replaceAll(project.folder, '')
  const listing = tracing === undefined ? undefined : project.read('coverage/tstrace/src/parcel.cover')
  return { files: JSON.parse(text), listing }
}

/** Coverage without tracing, which the rows of a version share. */
const plain = new Map<string, Promise<Covered>>()

function coveredAlone(major: Major, provider: string): Promise<Covered> {
  const key = `${major} ${provider}`
  const alone = plain.get(key) ?? covered(major, provider)
  plain.set(key, alone)
  return alone
}

/** The listing is the same in each row: the first one's. */
let listing: string | undefined

test.each(
  rowsOf(
    {
      major: majorsOf(BESIDE_COVERAGE),
      provider: ['v8', 'istanbul'],
      tracing: ['', '--trackcalls', '--branches'],
    },
    2,
  ),
)(
  'Vitest $major: coverage by $provider is the same with and without tracing $tracing',
  async ({ major, provider, tracing }) => {
    const [alone, traced] = await Promise.all([
      coveredAlone(major, provider),
      covered(major, provider, tracing),
    ])
    expect(Object.keys(alone.files)).toEqual(['/src/parcel.ts', '/src/ways.ts', '/src/zone.ts'])
    expect(traced.files).toEqual(alone.files)
    const unmarked = unmarkedListing(traced.listing ?? '')
    listing ??= unmarked
    expect(unmarked).toBe(listing)
    expect(listing).toContain('    3:   let sum = zone(parcel.country)')
  },
)
