import { describe, expect, test } from 'vitest'
import { MAJORS, type Major, vitestProject } from '../vitest-project.ts'

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

describe.each(MAJORS)('Vitest %i', (major) => {
  test.each(['v8', 'istanbul'])('coverage by %s is the same with and without tracing', async (provider) => {
    const [plain, counts, calls] = await Promise.all([
      covered(major, provider),
      covered(major, provider, ''),
      covered(major, provider, '--trackcalls'),
    ])
    expect(Object.keys(plain.files)).toEqual(['/src/parcel.ts', '/src/zone.ts'])
    expect(counts.files).toEqual(plain.files)
    expect(calls.files).toEqual(plain.files)
    expect(calls.listing).toBe(counts.listing)
    expect(counts.listing).toContain('    3:   let sum = zone(parcel.country)')
  })
})
