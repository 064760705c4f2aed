import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { rowsOf } from '../matrix.ts'
import { MAJORS, type Major, type VitestProject, vitestProject } from '../vitest-project.ts'

const FIXTURE = new URL('./fixtures/', import.meta.url)
/** Counted by hand. */
const LISTINGS = new URL('./listings/', import.meta.url)

interface Run {
  readonly status: number | null
  /** What Vitest says of the failures, with their stacks, and of the snapshots. */
  readonly failures: string
  readonly coverage: unknown
  readonly stdout: string
  readonly ours: readonly string[]
}

async function run(project: VitestProject, provider: string, args: readonly string[]): Promise<Run> {
  const coverage = ['--coverage.enabled', `--coverage.provider=${provider}`]
  const { status, stderr, stdout } = await project.vitest([...coverage, '--reporter=default', ...args])
  const lines = stderr.split('\n')
  const files = JSON.parse(project.read('coverage/coverage-final.json')) as Record<string, { meta?: object }>
  // What the provider keeps for itself depends on which file it came to first.
  for (const file of Object.values(files)) delete file.meta
  return {
    status,
    failures: lines
      .filter((line) => !line.startsWith('tstrace:'))
      .join('\n')
      .trim(),
    ours: lines.filter((line) => line.startsWith('tstrace:')),
    coverage: files,
    stdout,
  }
}

/** Blank at the end of a line is what a listing has for a line without text. */
function trimmed(listing: string): string {
  return listing.replace(/ +$/gm, '')
}

describe.each(rowsOf({ major: MAJORS, provider: ['v8', 'istanbul'] }, 1))(
  'Vitest $major, coverage by $provider',
  ({ major, provider }: { major: Major; provider: string }) => {
    test('components are counted, and the outcome, stacks, snapshots and coverage stay', async () => {
      const project = vitestProject(major, FIXTURE)
      const plain = await run(project, provider, ['--update'])
      expect(plain.failures).toContain('src/Fails.vue:3:')
      expect(plain.failures).toContain('src/FailsToo.svelte:3:')
      project.write('tstrace.config.json', JSON.stringify({ include: ['src/**'], all: true }))
      const traced = await run(project, provider, ['--reporter=tstrace'])
      expect(traced.ours).toEqual([])
      expect(traced.failures).toBe(plain.failures)
      expect(traced.status).toBe(1)
      expect(traced.coverage).toEqual(plain.coverage)
      const listings = readdirSync(LISTINGS)
      const found = listings.map((name) =>
        trimmed(project.read(`coverage/tstrace/src/${name.replace('+', '/')}`)),
      )
      expect(found).toEqual(listings.map((name) => readFileSync(new URL(name, LISTINGS), 'utf8')))
      expect(traced.stdout.match(/src\.\S+ {3}\(.*\)/g)).toEqual([])
    })
  },
)
